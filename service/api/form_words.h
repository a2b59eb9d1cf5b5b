// What forms and refusals call the values of enums, in the two languages that Attain speaks.
#ifndef ATTAIN_SERVICE_API_FORM_WORDS_H_
#define ATTAIN_SERVICE_API_FORM_WORDS_H_

#include "common/schema/enum_words.h"
#include "service/scoring/explanation.h"

namespace attain::engine {

// As an official form prints it; empty words for what a form leaves blank.
template <typename Enum>
scoring::Text WordsOf(Enum value) {
  const v1::Words& words = schema::FormWordsOf(value);
  return {words.zh(), words.en()};
}

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_API_FORM_WORDS_H_
