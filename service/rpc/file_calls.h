// What the calls of FileService share.
#ifndef ATTAIN_SERVICE_RPC_FILE_CALLS_H_
#define ATTAIN_SERVICE_RPC_FILE_CALLS_H_

#include <atomic>
#include <cstddef>

#include "absl/time/time.h"
#include "service/api/document_source.h"
#include "service/calls/worker_pool.h"
#include "service/documents/uploads.h"

namespace attain::rpc {

struct FileLimits {
  // A client that sends or takes nothing for so long is ended. Default: 30 seconds.
  absl::Duration silence = absl::Seconds(30);
  // The same when a whole upload takes longer. Default: 10 minutes.
  absl::Duration upload = absl::Minutes(10);
  // Uploads under way at the same time; above it they are refused (OVERLOADED). Each holds up to 32 MiB.
  // Default: 16.
  int uploads = 16;
};

// Thread-safe; outlives the server. Its workers are its own: documents that take long keep no query waiting.
class FileCalls {
 public:
  // Neither is owned. Null: the calls are answered with INTERNAL.
  FileCalls(engine::DocumentSource* documents, documents::Uploads* uploads, const FileLimits& limits)
      : documents_(documents), uploads_(uploads), limits_(limits), workers_(kWorkers, kWaiting) {}

  engine::DocumentSource* documents() const { return documents_; }
  documents::Uploads* uploads() const { return uploads_; }
  const FileLimits& limits() const { return limits_; }
  calls::WorkerPool* workers() { return &workers_; }

  // False: too many uploads are under way. Give it back with LeaveUpload.
  bool EnterUpload() {
    if (uploads_under_way_.fetch_add(1) < limits_.uploads) return true;
    uploads_under_way_.fetch_sub(1);
    return false;
  }
  void LeaveUpload() { uploads_under_way_.fetch_sub(1); }

 private:
  static constexpr int kWorkers = 2;
  static constexpr size_t kWaiting = 16;

  engine::DocumentSource* const documents_;
  documents::Uploads* const uploads_;
  const FileLimits limits_;
  std::atomic<int> uploads_under_way_{0};
  calls::WorkerPool workers_;
};

}  // namespace attain::rpc

#endif  // ATTAIN_SERVICE_RPC_FILE_CALLS_H_
