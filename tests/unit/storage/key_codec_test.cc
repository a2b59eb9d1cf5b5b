#include "storage/key_codec.h"

#include <gtest/gtest.h>

#include <random>
#include <variant>
#include <vector>

namespace attain::storage {
namespace {

using Component = std::variant<std::string, uint64_t>;
using Tuple = std::vector<Component>;
using Random = std::mt19937_64;

// Short texts over few bytes, so that equal and nearly equal tuples are common.
Component RandomComponent(Random& random) {
  if (random() % 2 == 0) return random() >> (random() % 64);
  static constexpr char kBytes[] = {'\0', '\x01', '\x02', 'a', '\xfe', '\xff'};
  std::string text(random() % 4, '\0');
  for (char& c : text) c = kBytes[random() % sizeof(kBytes)];
  return text;
}

Tuple RandomTuple(Random& random) {
  Tuple tuple;
  for (uint64_t n = random() % 4; n > 0; --n) tuple.push_back(RandomComponent(random));
  return tuple;
}

std::string Encode(const Tuple& tuple) {
  KeyBuilder key(7);
  for (const Component& component : tuple) {
    if (const auto* text = std::get_if<std::string>(&component)) {
      key.Text(*text);
    } else {
      key.U64(std::get<uint64_t>(component));
    }
  }
  return key.Build();
}

// Texts before numbers; texts as unsigned bytes.
bool Less(const Tuple& a, const Tuple& b) {
  return a < b;
}

bool StartsWith(const std::string& text, const std::string& prefix) {
  return text.compare(0, prefix.size(), prefix) == 0;
}

TEST(KeyCodecTest, KeysCompareAsTheirTuplesDo) {
  Random random(1);
  int unequal = 0;
  for (int n = 0; n < 200'000; ++n) {
    const Tuple a = RandomTuple(random), b = RandomTuple(random);
    ASSERT_EQ(Less(a, b), Encode(a) < Encode(b));
    ASSERT_EQ(a == b, Encode(a) == Encode(b));
    unequal += a != b;
  }
  EXPECT_GT(unequal, 100'000);
}

TEST(KeyCodecTest, VersionedKeysCompareByTupleAndThenNewestFirst) {
  Random random(2);
  for (int n = 0; n < 200'000; ++n) {
    const Tuple a = RandomTuple(random), b = random() % 4 == 0 ? a : RandomTuple(random);
    const uint64_t at = random() >> (random() % 64), bt = random() >> (random() % 64);
    const bool less = a == b ? at > bt : Less(a, b);
    ASSERT_EQ(less, VersionedKey(Encode(a), at) < VersionedKey(Encode(b), bt));
    if (Less(a, b)) {
      ASSERT_LT(AfterVersions(Encode(a)), VersionedKey(Encode(b), ~uint64_t{0}));
    }
    ASSERT_LT(VersionedKey(Encode(a), 0), AfterVersions(Encode(a)));
  }
}

TEST(KeyCodecTest, BoundsHoldForVersionedKeysAsForKeys) {
  Random random(3);
  for (int n = 0; n < 200'000; ++n) {
    const std::string key = Encode(RandomTuple(random)), bound = Encode(RandomTuple(random));
    const std::string versioned = VersionedKey(key, random());
    ASSERT_EQ(key < bound, versioned < bound);
    ASSERT_EQ(StartsWith(key, bound), versioned >= bound && versioned < PrefixEnd(bound));
  }
}

TEST(KeyCodecTest, KeyBeginsAnotherOnlyWhenItsTupleDoes) {
  Random random(4);
  for (int n = 0; n < 200'000; ++n) {
    const Tuple a = RandomTuple(random), b = RandomTuple(random);
    const bool begins = a.size() <= b.size() && std::equal(a.begin(), a.end(), b.begin());
    ASSERT_EQ(begins, StartsWith(Encode(b), Encode(a)));
  }
}

TEST(KeyCodecTest, ReaderGivesBackTheComponents) {
  Random random(5);
  for (int n = 0; n < 50'000; ++n) {
    const Tuple tuple = RandomTuple(random);
    const std::string key = Encode(tuple);
    KeyReader reader(key);
    ASSERT_EQ(reader.Space(), 7);
    for (const Component& component : tuple) {
      std::string text;
      uint64_t number = 0;
      if (std::holds_alternative<std::string>(component)) {
        ASSERT_TRUE(reader.Text(&text).ok());
        ASSERT_EQ(text, std::get<std::string>(component));
      } else {
        ASSERT_TRUE(reader.U64(&number).ok());
        ASSERT_EQ(number, std::get<uint64_t>(component));
      }
    }
    ASSERT_TRUE(reader.Finish().ok());
  }
}

// Reads components as their tags say. False when the bytes are no key.
bool Decode(const std::string& key, Tuple* tuple) {
  KeyReader reader(key);
  if (reader.Space() != 7) return false;
  while (!reader.Finish().ok()) {
    KeyReader other = reader;
    std::string text;
    uint64_t number = 0;
    if (reader.Text(&text).ok()) {
      tuple->push_back(text);
    } else if (other.U64(&number).ok()) {
      reader = other;
      tuple->push_back(number);
    } else {
      return false;
    }
  }
  return true;
}

TEST(KeyCodecTest, AnyBytesDecodeToTheirOneTupleOrAreRefused) {
  Random random(6);
  int accepted = 0, refused = 0;
  for (int n = 0; n < 200'000; ++n) {
    std::string key = Encode(RandomTuple(random));
    switch (random() % 3) {
      case 0:
        key.resize(random() % (key.size() + 1));
        break;
      case 1:
        key[random() % key.size()] = static_cast<char>(random());
        break;
      default:
        key.insert(random() % key.size(), 1, static_cast<char>(random() % 3));
        break;
    }
    Tuple tuple;
    if (Decode(key, &tuple)) {
      ASSERT_EQ(Encode(tuple), key);
      ++accepted;
    } else {
      ++refused;
    }
  }
  EXPECT_GT(accepted, 1000);
  EXPECT_GT(refused, 1000);
}

TEST(KeyCodecTest, BytesAreThoseOfTheDocument) {
  EXPECT_EQ(KeyBuilder(2).Text(absl::string_view("a\0b", 3)).U64(0).U64(258).Build(),
            std::string("\x02\x02"
                        "a\0\xff"
                        "b\0\x01\x10\x12\x01\x02",
                        12));
  EXPECT_EQ(VersionedKey("k", 1), std::string("k\0\xff\xff\xff\xff\xff\xff\xff\xfe", 10));
}

TEST(KeyCodecTest, VersionedKeyComesApart) {
  absl::string_view key;
  uint64_t revision = 0;
  const std::string bytes = VersionedKey("key", 42);
  ASSERT_TRUE(ParseVersionedKey(bytes, &key, &revision));
  EXPECT_EQ(key, "key");
  EXPECT_EQ(revision, 42u);
  EXPECT_FALSE(ParseVersionedKey("12345678", &key, &revision));
  EXPECT_FALSE(ParseVersionedKey("no tag before the revision", &key, &revision));
}

TEST(KeyCodecTest, PrefixEndIsTheLeastKeyAboveThePrefix) {
  EXPECT_EQ(PrefixEnd("ab"), "ac");
  EXPECT_EQ(PrefixEnd("a\xff\xff"), "b");
  EXPECT_EQ(PrefixEnd("\xff\xff"), "");
  EXPECT_EQ(PrefixEnd(""), "");
}

TEST(KeyCodecTest, AVersionedKeyComesApartAndNothingShorterDoes) {
  for (const std::string& key : {std::string(), std::string("k"), KeyBuilder(7).Text("a").U64(300).Build()}) {
    for (const uint64_t revision : {uint64_t{0}, uint64_t{1}, uint64_t{300}, ~uint64_t{0}}) {
      const std::string bytes = VersionedKey(key, revision);
      EXPECT_EQ(bytes.size(), key.size() + kRevisionSuffixBytes);
      absl::string_view parsed;
      uint64_t found = 0;
      ASSERT_TRUE(ParseVersionedKey(bytes, &parsed, &found)) << key.size();
      EXPECT_EQ(parsed, key);
      EXPECT_EQ(found, revision);
      EXPECT_FALSE(ParseVersionedKey(bytes.substr(key.size() + 1), &parsed, &found)) << "eight bytes";
      std::string other = bytes;
      other[key.size()] = '\x01';
      EXPECT_FALSE(ParseVersionedKey(other, &parsed, &found)) << "another tag";
    }
  }
}

}  // namespace
}  // namespace attain::storage
