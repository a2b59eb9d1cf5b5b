#include "service/extract/extract.h"

#include <openssl/evp.h>

#include <new>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "service/extract/common/block_bytes.h"
#include "service/extract/common/encoding.h"
#include "service/extract/office/docx_reader.h"
#include "service/extract/office/ods_reader.h"
#include "service/extract/office/odt_reader.h"
#include "service/extract/office/ole.h"
#include "service/extract/office/opc.h"
#include "service/extract/office/package.h"
#include "service/extract/office/xlsx_reader.h"
#include "service/extract/office/xml2003_reader.h"
#include "service/extract/pdf/pdf_reader.h"
#include "service/extract/sniff.h"
#include "service/extract/text_reader.h"
#include "service/extract/web/html_reader.h"

namespace attain::extract {
namespace {

constexpr absl::string_view kReader = "attain-extract/1";

std::string Sha256(absl::string_view bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha256(), nullptr) != 1) return "";
  return absl::BytesToHexString(absl::string_view(reinterpret_cast<const char*>(digest), size));
}

absl::string_view MediaName(document::Media media) {
  switch (media) {
    case document::MEDIA_TEXT:
      return "text";
    case document::MEDIA_XLSX:
      return "xlsx";
    case document::MEDIA_DOCX:
      return "docx";
    case document::MEDIA_ODS:
      return "ods";
    case document::MEDIA_ODT:
      return "odt";
    case document::MEDIA_HTML:
      return "html";
    case document::MEDIA_XML_SPREADSHEET:
      return "xml-spreadsheet";
    case document::MEDIA_PDF:
      return "pdf";
    default:
      return "";
  }
}

// `media` is set as soon as it is known, so that a refusal can tell it.
class Reader {
 public:
  Reader(absl::string_view bytes, const Limits& limits, document::Document* document, BlockBytes* blocks)
      : bytes_(bytes), limits_(limits), document_(document), blocks_(blocks) {}

  void Read() {
    if (bytes_.empty())
      throw Refused("EMPTY_DOCUMENT", "the file has no bytes: it was not saved or not sent completely");
    if (bytes_.size() > limits_.document) {
      throw Refused("DOCUMENT_TOO_LARGE", absl::StrCat("the file is larger than ", limits_.document >> 20,
                                                       " MiB: split the document"));
    }
    switch (SniffFamily(bytes_)) {
      case Family::kPdf:
        Is(document::MEDIA_PDF);
        return ReadPdf(bytes_, limits_, document_, blocks_);
      case Family::kPackage:
        return ReadPackage();
      case Family::kOle:
        return RefuseOle();
      case Family::kHtml:
        Is(document::MEDIA_HTML);
        return ReadHtml(bytes_, limits_, document_);
      case Family::kXmlSpreadsheet:
        Is(document::MEDIA_XML_SPREADSHEET);
        return ReadXmlSpreadsheet(bytes_, limits_, document_);
      case Family::kForeign:
        throw Refused("UNKNOWN_FORMAT", Foreign(bytes_));
      case Family::kText:
        Is(document::MEDIA_TEXT);
        return ReadText(bytes_, document_);
    }
  }

 private:
  void Is(document::Media media) { document_->set_media(media); }

  void ReadPackage() {
    Package package(bytes_, limits_);
    const std::string main = MainPart(&package);
    if (!main.empty()) return ReadOffice(&package, main);
    if (package.Has("content.xml")) return ReadOpenDocument(&package);
    if (package.Has("OFD.xml"))
      throw Refused("UNKNOWN_FORMAT",
                    "an OFD document: save it as PDF, or upload the document it was made from");
    throw Refused("UNKNOWN_FORMAT",
                  "an archive (ZIP), or a package that is no XLSX, DOCX, ODS or ODT: unpack it and upload "
                  "the documents in it");
  }

  void ReadOffice(Package* package, const std::string& main) {
    const std::string type = ContentType(package, main);
    const bool sheet =
        type.empty() ? absl::StrContains(main, "workbook.xml")
                     : absl::StrContains(type, "spreadsheetml.") || absl::StrContains(type, "ms-excel.");
    const bool text =
        type.empty() ? absl::StrContains(main, "document.xml")
                     : absl::StrContains(type, "wordprocessingml.") || absl::StrContains(type, "ms-word.");
    if (absl::StrContains(type, "binary") || absl::EndsWith(main, ".bin"))
      throw Refused("UNKNOWN_FORMAT", "a binary workbook (XLSB): save it as XLSX");
    if (sheet) {
      Is(document::MEDIA_XLSX);
      ReadXlsx(package, main, document_);
    } else if (text) {
      Is(document::MEDIA_DOCX);
      ReadDocx(package, main, document_);
    } else {
      throw Refused("UNKNOWN_FORMAT",
                    "slides or a drawing (PPTX, VSDX): save its tables as DOCX, XLSX or PDF");
    }
  }

  void ReadOpenDocument(Package* package) {
    constexpr absl::string_view kManifest = "META-INF/manifest.xml";
    if (package->Has(kManifest) && absl::StrContains(package->Read(kManifest), "encryption-data")) {
      throw Refused("ENCRYPTED", "the document has a password: save it without one");
    }
    const std::string type = package->Has("mimetype") ? package->Read("mimetype") : "";
    if (absl::StrContains(type, "opendocument.spreadsheet") ||
        (type.empty() && absl::StrContains(package->Read("content.xml"), "<office:spreadsheet"))) {
      Is(document::MEDIA_ODS);
      ReadOds(package, document_);
    } else if (type.empty() || absl::StrContains(type, "opendocument.text")) {
      Is(document::MEDIA_ODT);
      ReadOdt(package, document_);
    } else {
      throw Refused("UNKNOWN_FORMAT",
                    "an OpenDocument that is no spreadsheet and no text: save its tables as ODS, ODT or PDF");
    }
  }

  [[noreturn]] void RefuseOle() {
    const std::set<std::string> names = OleNames(bytes_);
    if (names.count("EncryptedPackage") > 0 || names.count("EncryptionInfo") > 0) {
      throw Refused("ENCRYPTED", "the document has a password: save it without one");
    }
    if (names.count("Workbook") > 0 || names.count("Book") > 0) {
      Is(document::MEDIA_XLS);
      throw Refused("FORMAT_NEEDS_CONVERTER", "an Excel 97 workbook (XLS): save it as XLSX");
    }
    if (names.count("WordDocument") > 0) {
      Is(document::MEDIA_DOC);
      throw Refused("FORMAT_NEEDS_CONVERTER", "a Word 97 document (DOC): save it as DOCX");
    }
    throw Refused("UNKNOWN_FORMAT",
                  "an old office file that is no workbook and no text: save it as XLSX, DOCX or PDF");
  }

  const absl::string_view bytes_;
  const Limits& limits_;
  document::Document* const document_;
  BlockBytes* const blocks_;
};

}  // namespace

void PrepareLibraries() {
  PrepareEncodings();
  Sha256("");
}

std::string ExtractEncoded(absl::string_view bytes, const Limits& limits) {
  document::ExtractResult result;
  document::Document document;
  BlockBytes blocks;
  const auto refuse = [&](const std::string& code, absl::string_view detail) {
    document::Refusal* refusal = result.mutable_refusal();
    refusal->set_code(code);
    refusal->set_detail(std::string(detail));
    refusal->set_media(document.media());
  };
  try {
    document.set_sha256(Sha256(bytes));
    Reader(bytes, limits, &document, &blocks).Read();
    document.set_reader(absl::StrCat(kReader, " ", MediaName(document.media())));
    return EncodeRead(document, blocks);
  } catch (const Refused& refused) {
    refuse(refused.code(), refused.what());
  } catch (const std::bad_alloc&) {
    refuse("DOCUMENT_TOO_COSTLY", "the document takes more memory than a document may: split it");
  } catch (const std::exception&) {
    refuse("READER_FAILED", "a library failed on this document: save it anew, or in another format");
  }
  return result.SerializeAsString();
}

document::ExtractResult Extract(absl::string_view bytes, const Limits& limits) {
  document::ExtractResult result;
  if (!result.ParseFromString(ExtractEncoded(bytes, limits))) {
    result.mutable_refusal()->set_code("READER_FAILED");
    result.mutable_refusal()->set_detail(
        "the reader wrote what is no result: save the document in another format");
  }
  return result;
}

}  // namespace attain::extract
