// Which importer understood a document.
#ifndef ATTAIN_SERVICE_IMPORTING_VERSION_H_
#define ATTAIN_SERVICE_IMPORTING_VERSION_H_

namespace attain::importing {

// Goes up with every change that understands a document in another way: a preview of before does not stand
// for it.
inline constexpr int kImporterVersion = 3;

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_VERSION_H_
