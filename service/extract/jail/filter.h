// The system calls that a jailed process keeps (seccomp). Apart from jail.h since it is all that names
// libseccomp.
#ifndef ATTAIN_SERVICE_EXTRACT_JAIL_FILTER_H_
#define ATTAIN_SERVICE_EXTRACT_JAIL_FILTER_H_

namespace attain::extract {

// The kernel can filter.
bool HasFilters();

// Loads the filter for this process: what is not allowed kills it. Files may be opened for reading when
// `may_open`, else opening answers EACCES. Needs no_new_privs. 0, or the error number.
int LoadFilter(bool may_open);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_JAIL_FILTER_H_
