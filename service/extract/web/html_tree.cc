#include "service/extract/web/html_tree.h"

#include <libxml/HTMLparser.h>
#include <libxml/xmlerror.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "service/extract/common/encoding.h"

namespace attain::extract {
namespace {

// What libxml2 takes for a node and for an attribute with its text.
constexpr uint64_t kNodeBytes = 140;
constexpr uint64_t kAttributeBytes = 260;
constexpr size_t kMetaBytes = 16384;  // where a page names its encoding

// The value behind "charset=" in the first bytes; empty when there is none.
std::string MetaCharset(absl::string_view bytes) {
  const std::string head = absl::AsciiStrToLower(bytes.substr(0, kMetaBytes));
  for (size_t at = head.find("charset"); at != std::string::npos; at = head.find("charset", at + 1)) {
    absl::string_view rest = absl::StripLeadingAsciiWhitespace(absl::string_view(head).substr(at + 7));
    if (rest.empty() || rest[0] != '=') continue;
    rest = absl::StripLeadingAsciiWhitespace(rest.substr(1));
    if (!rest.empty() && (rest[0] == '"' || rest[0] == '\'')) rest.remove_prefix(1);
    return std::string(rest.substr(0, rest.find_first_of("\"'> /;\t\r\n")));
  }
  return "";
}

void CheckCost(absl::string_view text, const Limits& limits) {
  uint64_t cost = text.size();
  bool in_tag = false;
  for (char c : text) {
    if (c == '<') {
      in_tag = true;
      cost += 2 * kNodeBytes;  // the element and the text before it
    } else if (c == '>') {
      in_tag = false;
    } else if (c == '=' && in_tag) {
      cost += kAttributeBytes;
    }
  }
  if (cost > 2 * limits.tree)
    throw Refused("DOCUMENT_TOO_COSTLY", "the page holds too many elements: split the document");
}

// What the parser said that means that the rest of the page is missing.
struct Failure {
  int code = 0;
  std::string message;
};

void Hear(void* user_data, xmlErrorPtr error) {
  Failure* failure = static_cast<Failure*>(user_data);
  if (error == nullptr || failure->code != 0) return;
  if (error->code == XML_ERR_INTERNAL_ERROR || error->code == XML_ERR_NO_MEMORY ||
      error->level == XML_ERR_FATAL) {
    failure->code = error->code;
    failure->message = error->message == nullptr ? "" : error->message;
  }
}

}  // namespace

HtmlTree::HtmlTree(absl::string_view bytes, const Limits& limits, document::Document* document) {
  int bad = 0;
  DecodedText decoded = DecodeNamed(MetaCharset(bytes), bytes, &bad);
  document->set_encoding(decoded.encoding);
  if (bad > 0)
    AddRemark(document, "INVALID_BYTES", document::LEVEL_ERROR, absl::StrCat("not ", decoded.encoding))
        .set_count(bad);
  std::string& text = decoded.text;
  text.erase(std::remove(text.begin(), text.end(), '\0'), text.end());  // the parser would stop at the first
  CheckCost(text, limits);
  Failure failure;
  xmlSetStructuredErrorFunc(&failure, Hear);
  constexpr int kOptions = HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC | HTML_PARSE_COMPACT;
  tree_.reset(htmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, "UTF-8", kOptions));
  xmlSetStructuredErrorFunc(nullptr, nullptr);
  if (failure.code != 0) {
    if (absl::StrContains(failure.message, "depth")) {
      throw Refused("DOCUMENT_TOO_DEEP",
                    "the page is nested deeper than 256 elements: what comes behind could not be read");
    }
    throw Refused("DOCUMENT_TOO_COSTLY", "the page is too large for its parser: split the document");
  }
  if (tree_ == nullptr || root() == nullptr) throw Refused("DOCUMENT_DAMAGED", "the page holds no element");
}

absl::string_view Name(const xmlNode* node) {
  return node->type == XML_ELEMENT_NODE ? reinterpret_cast<const char*>(node->name) : absl::string_view();
}

std::string HtmlAttribute(const xmlNode* node, const char* name) {
  xmlChar* value = xmlGetProp(node, reinterpret_cast<const xmlChar*>(name));
  if (value == nullptr) return "";
  const std::string text = reinterpret_cast<const char*>(value);
  xmlFree(value);
  return text;
}

bool HasHtmlAttribute(const xmlNode* node, const char* name) {
  return xmlHasProp(node, reinterpret_cast<const xmlChar*>(name)) != nullptr;
}

int HtmlNumber(const xmlNode* node, const char* name, int otherwise, int min, int max) {
  if (!HasHtmlAttribute(node, name)) return otherwise;
  int64_t value = 0;
  return absl::SimpleAtoi(HtmlAttribute(node, name), &value)
             ? static_cast<int>(std::clamp<int64_t>(value, min, max))
             : otherwise;
}

bool IsHtmlHidden(const xmlNode* node) {
  if (node->properties == nullptr) return false;
  if (HasHtmlAttribute(node, "hidden")) return true;
  std::string style = absl::AsciiStrToLower(HtmlAttribute(node, "style"));
  style.erase(std::remove_if(style.begin(), style.end(), [](char c) { return absl::ascii_isspace(c); }),
              style.end());
  return absl::StrContains(style, "display:none") || absl::StrContains(style, "visibility:hidden") ||
         absl::StrContains(style, "visibility:collapse");
}

}  // namespace attain::extract
