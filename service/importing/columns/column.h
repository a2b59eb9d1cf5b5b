// What a column of a target table holds.
#ifndef ATTAIN_SERVICE_IMPORTING_COLUMNS_COLUMN_H_
#define ATTAIN_SERVICE_IMPORTING_COLUMNS_COLUMN_H_

namespace attain::importing {

enum class Column {
  kUnknown = 0,  // a word that no list has
  kLevel1,
  kLevel2,
  kName,
  kGroup,        // 绩效指标 before the levels: a merged cell, or the name where nothing else is
  kLevel4,       // 四级指标: the name where it is there
  kDescription,  // 指标内容, 指标描述: the name where nothing else is
  kNature,
  kTarget,
  kUnit,
  kBasis,
  kPrior,
  kWeight,
  kRule,
  kEvidence,
  kActual,
  kScore,
  kReview,
  kReached,
  kReason,
  kForecast,
  kLikelihood,
  kNumber,   // 序号
  kIgnored,  // known, and not kept
  kProject,
  kProjectCode,
  kUnitName,
  kMoney,
  kGoal,
  kLeader,
  kYear,
  kOtherTime,  // of the implementation period or a later year: no promise of this year
};

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_COLUMNS_COLUMN_H_
