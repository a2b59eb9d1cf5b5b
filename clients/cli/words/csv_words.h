// What a CSV file of many reports lacks.
#ifndef ATTAIN_CLIENTS_CLI_WORDS_CSV_WORDS_H_
#define ATTAIN_CLIENTS_CLI_WORDS_CSV_WORDS_H_

#include "clients/cli/words/language.h"

namespace attain::cli::words {

inline constexpr Bilingual kBadCsvQuote{"CSV 第 $0 行的引号没有配对。",
                                        "line $0 of the CSV has a quote without its partner."};
inline constexpr Bilingual kUnknownColumn{
    "CSV 缺少列 “$0”；不认识的列：“$2”。可用的列：$1",
    "the CSV lacks the column \"$0\"; not understood: \"$2\". Columns: $1"};
inline constexpr Bilingual kColumnTwice{
    "CSV 有两列都是 “$0”：“$1” 和 “$2”。请只留一列。",
    "the CSV has two columns for \"$0\": \"$1\" and \"$2\". Keep one of them."};
inline constexpr Bilingual kMissingColumn{"CSV 缺少列 “$0”。可用的列：$1",
                                          "the CSV lacks the column \"$0\". Columns: $1"};
inline constexpr Bilingual kTooManyFields{
    "CSV 第 $0 行有 $1 个值，而表头只有 $2 列。含逗号的内容请加引号。",
    "line $0 of the CSV has $1 values but the header only $2. Put quotes around text with commas."};
inline constexpr Bilingual kEmptyCsv{"CSV 是空的。第一行应为列名：$0",
                                     "the CSV is empty. Its first line should name the columns: $0"};
inline constexpr Bilingual kEmptyCell{"“$0” 一列没有填写。", "the column \"$0\" is empty."};

}  // namespace attain::cli::words

#endif  // ATTAIN_CLIENTS_CLI_WORDS_CSV_WORDS_H_
