# Linked into the programs, gRPC, Protobuf, Abseil and RocksDB are some 5 % faster than as shared libraries (no
# jump tables between and within them) and a program starts without looking for sixty files. Their security
# updates then need a new build. Sanitizers and development builds link faster with shared ones.
option(ATTAIN_STATIC_PACKAGES "Link gRPC, Protobuf, Abseil and RocksDB into the programs" OFF)
set(Protobuf_USE_STATIC_LIBS ${ATTAIN_STATIC_PACKAGES})

# The order matters on Debian 12: Protobuf's module first, then the packages whose config files look for it.
find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(Protobuf REQUIRED)
find_package(absl CONFIG REQUIRED)
find_package(gRPC CONFIG REQUIRED)
find_package(RocksDB CONFIG REQUIRED)
find_package(Boost 1.74 REQUIRED)
find_package(mimalloc REQUIRED)
find_package(LibXml2 REQUIRED)
find_package(pugixml REQUIRED)
find_library(ATTAIN_LIBZIP zip REQUIRED)  # its own config file names tools that are in another package
find_package(GTest REQUIRED)
include(GoogleTest)

set(ATTAIN_ROCKSDB RocksDB::rocksdb-shared)
if(ATTAIN_STATIC_PACKAGES)
  set(ATTAIN_ROCKSDB RocksDB::rocksdb)
  # Debian's packages hold the archives, but the config files name the shared libraries beside them.
  get_property(imported DIRECTORY PROPERTY IMPORTED_TARGETS)
  list(FILTER imported INCLUDE REGEX "^(absl|gRPC)::")
  foreach(target IN LISTS imported)
    get_target_property(shared ${target} IMPORTED_LOCATION_NONE)
    if(shared)
      string(REGEX REPLACE "\\.so[.0-9]*$" ".a" archive ${shared})
      if(EXISTS ${archive})
        set_target_properties(${target} PROPERTIES IMPORTED_LOCATION_NONE ${archive})
      endif()
    endif()
  endforeach()
endif()

# For attain-extract only.
find_path(ATTAIN_POPPLER_INCLUDE OutputDev.h PATH_SUFFIXES poppler REQUIRED)
find_library(ATTAIN_POPPLER poppler REQUIRED)
find_library(ATTAIN_SECCOMP seccomp REQUIRED)
