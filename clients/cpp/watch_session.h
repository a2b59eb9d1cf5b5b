// Follows changes for as long as it lives: reconnects by itself and goes on where it was, so nothing is
// missed and nothing comes twice.
//
// Thread safety: one thread calls Next; Stop and token may be called from any other.
// Error handling: a lost connection, a server that stops or restarts and one that has too much to do are told
// as kDisconnected and tried again with growing, jittered pauses, for ever once the watch has been open; a
// refused request ends the session.
//
// Example:
//   attain::v1::WatchRequest request;
//   request.add_names("units/urumqi-itc/**");
//   request.set_snapshot(true);
//   attain::client::WatchSession session(client, request);
//   while (true) {
//     absl::StatusOr<attain::client::WatchUpdate> update = session.Next();
//     if (!update.ok()) return update.status();
//     switch (update->kind) {
//       case attain::client::WatchUpdate::kReset: rows.clear(); break;
//       case attain::client::WatchUpdate::kSnapshot: Take(update->response.snapshot(), &rows); break;
//       case attain::client::WatchUpdate::kChanges: Take(update->response.changes(), &rows); break;
//       default: break;
//     }
//   }
#ifndef ATTAIN_CLIENTS_CPP_WATCH_SESSION_H_
#define ATTAIN_CLIENTS_CPP_WATCH_SESSION_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "attain/v1/watch_service.pb.h"
#include "clients/cpp/client.h"

namespace attain::client {

// What Next gives.
struct WatchUpdate {
  enum Kind {
    kCreated,      // open, also after each reconnection
    kSnapshot,     // rows; several in a row
    kSnapshotEnd,  // that was all of them
    kChanges,      // of one revision, complete: parts that the server cut are joined
    kProgress,     // nothing changed up to this revision
    kReset,        // forget every row: a snapshot follows
    kDisconnected  // `why` and `retry_in`; goes on by itself
  };
  Kind kind = kProgress;
  v1::WatchResponse response;  // empty for kDisconnected
  absl::Status why;
  absl::Duration retry_in;
};

class WatchSession {
 public:
  // Does not connect yet. `request` as in WatchService.Watch; its token, if any, is where the session begins.
  WatchSession(Client client, v1::WatchRequest request);
  ~WatchSession();

  // Blocks until there is something. After an error the session is over: the server's refusal; UNAVAILABLE
  // when no server was found within client.options().patience at the beginning; CANCELLED after Stop.
  absl::StatusOr<WatchUpdate> Next();

  // Ends the session; a Next under way returns at once.
  void Stop();

  // Everything up to this token was given by Next; keep it to go on in another session. Empty before the
  // first message.
  std::string token() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace attain::client

#endif  // ATTAIN_CLIENTS_CPP_WATCH_SESSION_H_
