#include "clients/cli/input/text_file.h"

#include <iconv.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

#include "absl/strings/match.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/terminal/width.h"
#include "clients/cli/words/file_words.h"
#include "clients/cli/words/say.h"

namespace attain::cli {
namespace {

constexpr absl::string_view kUtf8Mark = "\xEF\xBB\xBF", kUtf16Little = "\xFF\xFE", kUtf16Big = "\xFE\xFF";

bool IsUtf8(absl::string_view text) {
  while (!text.empty()) {
    const absl::string_view before = text;
    // U+FFFD itself is three bytes long; a bad byte is one.
    if (TakeCharacter(&text) == 0xFFFD && before.size() - text.size() == 1) return false;
  }
  return true;
}

// False when `bytes` is not in `encoding`.
bool Convert(const char* encoding, absl::string_view bytes, std::string* text) {
  iconv_t converter = iconv_open("UTF-8", encoding);
  if (converter == reinterpret_cast<iconv_t>(-1)) return false;
  text->assign(bytes.size() * 3 + 4, '\0');
  char* in = const_cast<char*>(bytes.data());
  char* out = text->data();
  size_t in_left = bytes.size(), out_left = text->size();
  const bool ok = iconv(converter, &in, &in_left, &out, &out_left) != static_cast<size_t>(-1) && in_left == 0;
  iconv_close(converter);
  text->resize(text->size() - out_left);
  return ok;
}

// A .docx names its parts in the archive; of the older .doc the name has to tell.
bool IsWordDocument(absl::string_view bytes, absl::string_view path) {
  return absl::StrContains(bytes, "word/document") || absl::EndsWithIgnoreCase(path, ".doc") ||
         absl::EndsWithIgnoreCase(path, ".docx");
}

absl::Status CannotRead(const std::string& path, int error, Language language) {
  std::string why = std::generic_category().message(error);
  if (error == ENOENT) why = Say(language, words::kNoSuchFile);
  if (error == EISDIR) why = Say(language, words::kIsFolder);
  if (error == EACCES) why = Say(language, words::kNotAllowed);
  const std::string message = Say(language, words::kCannotReadFile, path, why);
  return error == ENOENT ? absl::NotFoundError(message) : absl::PermissionDeniedError(message);
}

}  // namespace

absl::StatusOr<std::string> ReadBytes(const std::string& path, Language language) {
  const bool standard_input = path == "-";
  std::FILE* file = standard_input ? stdin : std::fopen(path.c_str(), "rb");
  if (file == nullptr) return CannotRead(path, errno, language);
  std::string bytes;
  std::array<char, 1 << 16> buffer;
  errno = 0;
  size_t count = 0;
  while ((count = std::fread(buffer.data(), 1, buffer.size(), file)) > 0) bytes.append(buffer.data(), count);
  const int error = std::ferror(file) != 0 ? errno : 0;
  if (!standard_input) std::fclose(file);
  if (error != 0) return CannotRead(path, error, language);
  return bytes;
}

absl::StatusOr<DecodedText> DecodeText(std::string bytes, absl::string_view path, Language language) {
  if (absl::StartsWith(bytes, "PK\x03\x04") || absl::StartsWith(bytes, "\xD0\xCF\x11\xE0")) {
    return absl::InvalidArgumentError(
        Say(language, IsWordDocument(bytes, path) ? words::kIsWordDocument : words::kIsWorkbook, path));
  }
  if (absl::StartsWith(bytes, "%PDF")) return absl::InvalidArgumentError(Say(language, words::kIsPdf, path));
  DecodedText decoded;
  if (absl::StartsWith(bytes, kUtf16Little) || absl::StartsWith(bytes, kUtf16Big)) {
    decoded.encoding = "UTF-16";
    if (Convert("UTF-16", bytes, &decoded.text)) return decoded;
    return absl::InvalidArgumentError(Say(language, words::kIsNoText, path));
  }
  if (absl::StartsWith(bytes, kUtf8Mark)) bytes.erase(0, kUtf8Mark.size());
  if (IsUtf8(bytes)) {
    decoded.encoding = "UTF-8";
    decoded.text = std::move(bytes);
  } else if (decoded.encoding = "GB18030"; !Convert("GB18030", bytes, &decoded.text)) {
    return absl::InvalidArgumentError(Say(language, words::kIsNoText, path));
  }
  if (absl::StrContains(decoded.text, absl::string_view("\0", 1)))
    return absl::InvalidArgumentError(Say(language, words::kIsNoText, path));
  return decoded;
}

absl::StatusOr<DecodedText> ReadText(const std::string& path, Language language) {
  ASSIGN_OR_RETURN(std::string bytes, ReadBytes(path, language));
  return DecodeText(std::move(bytes), path, language);
}

}  // namespace attain::cli
