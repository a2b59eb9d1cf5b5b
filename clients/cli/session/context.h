// What a command works with: its arguments, the server, and where it prints.
#ifndef ATTAIN_CLIENTS_CLI_SESSION_CONTEXT_H_
#define ATTAIN_CLIENTS_CLI_SESSION_CONTEXT_H_

#include <cstdint>
#include <ostream>
#include <string>

#include "absl/status/statusor.h"
#include "attain/v1/common.pb.h"
#include "clients/cli/input/args.h"
#include "clients/cli/input/names.h"
#include "clients/cli/input/read_options.h"
#include "clients/cli/terminal/style.h"
#include "clients/cli/terminal/wrap.h"
#include "clients/cli/words/language.h"
#include "clients/cli/words/say.h"
#include "clients/cpp/client.h"
#include "google/protobuf/message.h"

namespace attain::cli {

enum ExitCode { kDone = 0, kRefused = 1, kWrongUsage = 2, kNoServer = 3 };

// Thread-compatible.
class Context {
 public:
  // Understands the global options; `out` takes results, `err` messages; both must outlive the context.
  // `out_style` is for results, `err_is_terminal` allows a progress bar. A usage error when a global option's
  // value is wrong or its file cannot be read.
  static absl::StatusOr<Context> Make(Args args, Language language, std::ostream* out, Style out_style,
                                      std::ostream* err, bool err_is_terminal);

  const Args& args() const { return args_; }
  Language language() const { return language_; }
  const client::Client& client() const { return client_; }
  NameResolver& names() { return names_; }
  std::ostream& out() const { return *out_; }
  std::ostream& err() const { return *err_; }
  const Style& style() const { return style_; }
  bool err_is_terminal() const { return err_is_terminal_; }

  bool json() const { return args_.Has("json"); }
  bool validate_only() const { return args_.Has("validate-only") || args_.Has("dry-run"); }
  const Past& past() const { return past_; }
  // A sentence of words/… in the caller's language, its values put in.
  template <typename... Values>
  std::string Say(const Bilingual& message, const Values&... values) const {
    return cli::Say(language_, message, values...);
  }
  absl::string_view In(const Bilingual& words) const { return words.In(language_); }
  // What stands between a label and its text, and between the items of a list.
  absl::string_view Colon() const { return In({"：", ": "}); }
  absl::string_view Comma() const { return In({"、", ", "}); }
  // "1 table", "2 tables"; in Chinese the number alone: the sentence has the word.
  std::string Count(int64_t number, absl::string_view one, absl::string_view many) const;
  // A text as lines of the terminal's width; those that come about are indented.
  std::string Wrap(absl::string_view text, int indent = 0) const {
    return Wrapped(text, style_.columns(), indent);
  }

  // Fills request_id and validate_only of a mutation from the options.
  template <typename Request>
  void Mark(Request* request) const {
    request->mutable_write()->set_request_id(args_.Get("request-id"));
    request->mutable_write()->set_validate_only(validate_only());
  }
  // Fills `read` of a query from --at, and where it has one `as_of` from --as-of and --basis.
  template <typename Request>
  void Read(Request* request) const {
    *request->mutable_read() = past_.read;
    if constexpr (requires { request->as_of(); }) {
      if (past_.as_of.ByteSizeLong() > 0) *request->mutable_as_of() = past_.as_of;
    }
  }
  // One JSON document on `out`.
  absl::Status PrintJson(const google::protobuf::Message& message) const;

  // A command that was done only in part says so: the program then exits with 1 and prints no further error.
  void MarkIncomplete() { incomplete_ = true; }
  bool incomplete() const { return incomplete_; }

 private:
  Context(Args args, Language language, client::Client client, Past past);

  Args args_;
  Language language_;
  client::Client client_;
  Past past_;
  NameResolver names_;
  std::ostream* out_ = nullptr;
  std::ostream* err_ = nullptr;
  Style style_;
  bool err_is_terminal_ = false;
  bool incomplete_ = false;
};

// Prints `status` for a person, with wrong fields and what to do next, and gives the exit code that belongs
// to it.
ExitCode PrintError(const absl::Status& status, Language language, absl::string_view server,
                    absl::string_view command, std::ostream& err);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_SESSION_CONTEXT_H_
