// SHA-256 as the journal and its neighbours use it; proofs/sha256.h is where it is made.
#ifndef ATTAIN_STORAGE_SHA256_H_
#define ATTAIN_STORAGE_SHA256_H_

#include "proofs/sha256.h"

namespace attain::storage {

using proofs::Hash;
using proofs::kHashBytes;
using proofs::Sha256;
using proofs::View;

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_SHA256_H_
