#include "service/extract/office/xml.h"

#include <cstring>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "service/extract/common/encoding.h"
#include "service/extract/common/result.h"

namespace attain::extract {
namespace {

// What pugixml takes for an element or a text, and for an attribute.
constexpr uint64_t kNodeBytes = 64;
constexpr uint64_t kAttributeBytes = 40;

// Walks the tags once, before anything is built from them.
class Inspection {
 public:
  Inspection(absl::string_view text, absl::string_view name, const Limits& limits)
      : text_(text), name_(name), limits_(limits) {}

  void Run() {
    for (size_t at = text_.find('<'); at != absl::string_view::npos; at = text_.find('<', at)) {
      if (at > 0 && text_[at - 1] != '>') cost_ += kNodeBytes;  // the text before the tag
      at = Tag(at);
      if (cost_ > limits_.tree) {
        throw Refused("DOCUMENT_TOO_COSTLY",
                      absl::StrCat("part ", name_, " holds too many elements: split the document"));
      }
    }
  }

 private:
  // Returns where to go on.
  size_t Tag(size_t at) {
    const absl::string_view rest = text_.substr(at);
    if (absl::StartsWith(rest, "<!--")) return Behind(at, "-->");
    if (absl::StartsWith(rest, "<![CDATA[")) return cost_ += kNodeBytes, Behind(at, "]]>");
    if (absl::StartsWith(rest, "<?")) return Behind(at, "?>");
    if (absl::StartsWith(rest, "<!")) {
      throw Refused(
          "EXTERNAL_ENTITY",
          absl::StrCat("part ", name_, " declares entities (DOCTYPE), which no office program writes"));
    }
    if (absl::StartsWith(rest, "</")) {
      --depth_;
      return Behind(at, ">");
    }
    return Element(at);
  }

  size_t Element(size_t at) {
    cost_ += kNodeBytes;
    char quote = 0;
    for (size_t i = at + 1; i < text_.size(); ++i) {
      const char c = text_[i];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '"' || c == '\'') {
        quote = c;
        cost_ += kAttributeBytes;
      } else if (c == '>') {
        if (text_[i - 1] != '/' && ++depth_ > limits_.xml_depth) {
          throw Refused("DOCUMENT_TOO_DEEP", absl::StrCat("part ", name_, " is nested deeper than ",
                                                          limits_.xml_depth, " elements"));
        }
        return i + 1;
      }
    }
    return text_.size();
  }

  size_t Behind(size_t at, absl::string_view end) const {
    const size_t found = text_.find(end, at + 1);
    return found == absl::string_view::npos ? text_.size() : found + end.size();
  }

  const absl::string_view text_;
  const absl::string_view name_;
  const Limits& limits_;
  uint64_t cost_ = 0;
  int depth_ = 0;
};

}  // namespace

Xml::Xml(std::string text, absl::string_view name, const Limits& limits, const char* damaged)
    : text_(std::move(text)) {
  if (!XmlToUtf8(&text_)) {
    throw Refused(damaged, absl::StrCat("part ", name,
                                        " is in a character encoding that is unknown or other than it says"));
  }
  Inspection(text_, name, limits).Run();
  const unsigned options = pugi::parse_default | pugi::parse_ws_pcdata;
  const pugi::xml_parse_result result =
      tree_.load_buffer_inplace(text_.data(), text_.size(), options, pugi::encoding_utf8);
  if (!result)
    throw Refused(damaged, absl::StrCat("part ", name, " is not well-formed XML: ", result.description()));
  if (!root()) throw Refused(damaged, absl::StrCat("part ", name, " is empty"));
}

absl::string_view Local(const char* name) {
  const char* colon = std::strchr(name, ':');
  return colon == nullptr ? name : colon + 1;
}

absl::string_view Attribute(pugi::xml_node node, absl::string_view name) {
  for (pugi::xml_attribute attribute : node.attributes()) {
    if (Local(attribute.name()) == name) return attribute.value();
  }
  return "";
}

int IntAttribute(pugi::xml_node node, absl::string_view name, int otherwise) {
  int value = 0;
  return absl::SimpleAtoi(Attribute(node, name), &value) ? value : otherwise;
}

bool IsTrue(absl::string_view value) {
  return value == "1" || value == "true" || value == "on";
}

pugi::xml_node Child(pugi::xml_node node, absl::string_view name) {
  for (pugi::xml_node child : node.children()) {
    if (Is(child, name)) return child;
  }
  return {};
}

std::string OwnText(pugi::xml_node node) {
  std::string text;
  for (pugi::xml_node child : node.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) text += child.value();
  }
  return text;
}

}  // namespace attain::extract
