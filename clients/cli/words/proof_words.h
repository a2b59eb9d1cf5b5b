// Receipts and heads of the log.
#ifndef ATTAIN_CLIENTS_CLI_WORDS_PROOF_WORDS_H_
#define ATTAIN_CLIENTS_CLI_WORDS_PROOF_WORDS_H_

#include "clients/cli/words/language.h"

namespace attain::cli::words {

inline constexpr Bilingual kReceiptBegins{"第 $0 次及更早的记录写于日志分段之前，凭证不含这些内容。",
                                          "Revision $0 and what came before it were written before entries "
                                          "had parts: the receipt does not show them."};
inline constexpr Bilingual kHeadKey{"签名公钥  $0", "signed by  $0"};

}  // namespace attain::cli::words

#endif  // ATTAIN_CLIENTS_CLI_WORDS_PROOF_WORDS_H_
