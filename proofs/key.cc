#include "proofs/key.h"

#include <optional>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "proofs/encoding.h"

namespace attain::proofs {
namespace {

constexpr absl::string_view kSecretPrefix = "PRIVATE+KEY+";
constexpr size_t kMaxNameBytes = 255, kMaxShownBytes = 60;

absl::Status Wrong(absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat("not a key: ", why));
}

std::optional<SignatureType> TypeOf(char byte) {
  for (const SignatureType type : {SignatureType::kEd25519, SignatureType::kCosignature}) {
    if (byte == static_cast<char>(type)) return type;
  }
  return std::nullopt;
}

std::string Tagged(SignatureType type, absl::string_view key) {
  return absl::StrCat(std::string(1, static_cast<char>(type)), key);
}

uint32_t IdOf(absl::string_view name, absl::string_view tagged_key) {
  Sha256& sha = ThreadSha256();
  sha.Add(name);
  sha.Add("\n");
  sha.Add(tagged_key);
  return static_cast<uint32_t>(ReadBigEndian(View(sha.Finish()).substr(0, 4)));
}

std::string IdText(uint32_t id) {
  return absl::StrFormat("%08x", id);
}

struct KeyText {
  std::string name;
  std::string id;
  SignatureType type = SignatureType::kEd25519;
  std::string key;  // 32 bytes
};

// NAME+ID+BASE64
absl::StatusOr<KeyText> Split(absl::string_view text) {
  const size_t name_end = text.find('+');
  const size_t id_end = name_end == absl::string_view::npos ? name_end : text.find('+', name_end + 1);
  if (id_end == absl::string_view::npos) return Wrong("it is written NAME+ID+BASE64");
  KeyText parts;
  parts.name = std::string(text.substr(0, name_end));
  parts.id = std::string(text.substr(name_end + 1, id_end - name_end - 1));
  std::optional<std::string> tagged = ParseBase64(text.substr(id_end + 1));
  if (!tagged.has_value()) return Wrong("what stands behind the last + is not base64 in its one spelling");
  const std::optional<SignatureType> type = TypeOf(tagged->front());
  if (!type.has_value()) {
    return Wrong(absl::StrCat("this version knows keys of type 1 (Ed25519) and 4 (cosignature), not ",
                              static_cast<int>(static_cast<unsigned char>(tagged->front()))));
  }
  if (tagged->size() != 1 + kEd25519KeyBytes) return Wrong("a key has 32 bytes behind its type");
  parts.type = *type;
  parts.key = tagged->substr(1);
  Wipe(&*tagged);
  return parts;
}

}  // namespace

bool IsKeyName(absl::string_view name) {
  if (name.empty() || name.size() > kMaxNameBytes) return false;
  while (!name.empty()) {
    const std::optional<char32_t> point = TakeCodePoint(&name);
    if (!point.has_value() || *point < 0x20 || *point == '+' || IsUnicodeSpace(*point)) return false;
  }
  return true;
}

VerifierKey::VerifierKey(absl::string_view name, SignatureType type, const Ed25519PublicKey& public_key)
    : name_(name), id_(IdOf(name, Tagged(type, public_key.bytes()))), type_(type), public_key_(public_key) {}

absl::StatusOr<VerifierKey> VerifierKey::Make(absl::string_view name, SignatureType type,
                                              const Ed25519PublicKey& public_key) {
  if (!IsKeyName(name)) {
    return Wrong(
        absl::StrCat("the name \"", absl::CHexEscape(name.substr(0, kMaxShownBytes)),
                     "\" is empty, too long or holds a blank or a +: choose a name like log.example/1"));
  }
  return VerifierKey(name, type, public_key);
}

absl::StatusOr<VerifierKey> VerifierKey::Parse(absl::string_view vkey) {
  const absl::StatusOr<KeyText> parts = Split(vkey);
  if (!parts.ok()) return parts.status();
  absl::StatusOr<VerifierKey> key = Make(parts->name, parts->type, *Ed25519PublicKey::FromBytes(parts->key));
  if (key.ok() && IdText(key->id()) != parts->id) {
    return Wrong(absl::StrCat("the id of ", parts->name, " is ", IdText(key->id()),
                              ", not what is written: copy the key again"));
  }
  return key;
}

std::string VerifierKey::Text() const {
  return absl::StrCat(name_, "+", IdText(id_), "+", absl::Base64Escape(Tagged(type_, public_key_.bytes())));
}

absl::StatusOr<SecretKey> SecretKey::Make(absl::string_view name, SignatureType type,
                                          const Ed25519PrivateKey& key) {
  const absl::StatusOr<VerifierKey> verifier = VerifierKey::Make(name, type, key.public_key());
  if (!verifier.ok()) return verifier.status();
  return SecretKey(*verifier, key);
}

absl::StatusOr<SecretKey> SecretKey::Parse(absl::string_view skey) {
  if (!absl::ConsumePrefix(&skey, kSecretPrefix)) return Wrong("a secret key begins with PRIVATE+KEY+");
  absl::StatusOr<KeyText> parts = Split(skey);
  if (!parts.ok()) return parts.status();
  absl::StatusOr<SecretKey> key = Make(parts->name, parts->type, *Ed25519PrivateKey::FromSeed(parts->key));
  Wipe(&parts->key);
  if (key.ok() && IdText(key->verifier().id()) != parts->id) {
    return Wrong(absl::StrCat("the id of ", parts->name, " does not fit: copy the key again"));
  }
  return key;
}

std::string SecretKey::Text() const {
  std::string seed = private_key_.Seed();
  std::string tagged = Tagged(verifier_.type(), seed);
  std::string text = absl::StrCat(kSecretPrefix, verifier_.name(), "+", IdText(verifier_.id()), "+",
                                  absl::Base64Escape(tagged));
  Wipe(&seed);
  Wipe(&tagged);
  return text;
}

}  // namespace attain::proofs
