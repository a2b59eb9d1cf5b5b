#include "service/history/notary.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "proofs/key.h"
#include "proofs/note.h"
#include "proofs/state_file.h"
#include "service/api/macros.h"

namespace attain::engine {
namespace {

class LocalNotary final : public Notary {
 public:
  LocalNotary(const proofs::SecretKey& key, std::unique_ptr<proofs::StateFiles> state, Clock* clock)
      : signer_(key), state_(std::move(state)), clock_(clock) {}

  // Before anything is asked.
  absl::Status Begin(const std::string& origin) {
    proofs::Witness::Options options;
    options.logs = {{origin, {}}};
    options.signers = {&signer_};
    options.state = state_.get();
    options.is_notary = true;
    ASSIGN_OR_RETURN(witness_, proofs::Witness::Make(std::move(options)));
    return absl::OkStatus();
  }
  absl::StatusOr<proofs::WitnessAnswer> Ask(const std::string& request) override {
    return witness_->Decide(request, clock_->Now());
  }
  std::string verifier_key() const override { return signer_.key().Text(); }

 private:
  const proofs::KeySigner signer_;
  const std::unique_ptr<proofs::StateFiles> state_;
  Clock* const clock_;
  std::unique_ptr<proofs::Witness> witness_;
};

}  // namespace

absl::StatusOr<std::shared_ptr<Notary>> MakeLocalNotary(absl::string_view key, const std::string& origin,
                                                        const std::string& state_directory, Clock* clock) {
  ASSIGN_OR_RETURN(const proofs::SecretKey secret, proofs::SecretKey::Parse(key));
  if (secret.verifier().name() != origin) {
    return absl::InvalidArgumentError(absl::StrCat("the key is of \"", secret.verifier().name(),
                                                   "\", this log is \"", origin,
                                                   "\": make a key of that name"));
  }
  ASSIGN_OR_RETURN(std::unique_ptr<proofs::StateFiles> state, proofs::StateFiles::Open(state_directory));
  auto notary = std::make_shared<LocalNotary>(secret, std::move(state), clock);
  RETURN_IF_ERROR(notary->Begin(origin));
  return std::shared_ptr<Notary>(std::move(notary));
}

}  // namespace attain::engine
