# The rooms of the house and the arrows between them. One folder = one target; a target may link only the
# rooms listed here for it, so a forbidden dependency fails the configure step and names the rule. scripts/structure.py
# holds every #include against the same rows.
set(ATTAIN_ARROWS_proto "")
set(ATTAIN_ARROWS_storage "proto")
set(ATTAIN_ARROWS_storage_rocksdb "storage;proto")
set(ATTAIN_ARROWS_scoring "")
set(ATTAIN_ARROWS_importing "scoring;document_proto")
set(ATTAIN_ARROWS_extract "document_proto")    # the only room that names poppler, libzip, pugixml, libxml2 and seccomp
# starts attain-extract; no rule, no gRPC. Of storage it takes the mutex and SHA-256.
set(ATTAIN_ARROWS_documents "document_proto;storage")
set(ATTAIN_ARROWS_watch "proto;storage")
set(ATTAIN_ARROWS_engine "proto;document_proto;storage;scoring;importing;watch")
set(ATTAIN_ARROWS_rpc "proto;document_proto;documents;engine;watch;storage;health_proto")
set(ATTAIN_ARROWS_server "proto;documents;storage;storage_rocksdb;engine;rpc;server")
set(ATTAIN_ARROWS_client "proto")
set(ATTAIN_ARROWS_cli "proto;document_proto;client")

function(attain_check_arrows room)
  foreach(dep IN LISTS ARGN)
    if(dep MATCHES "^attain_(.+)$")
      set(target_room ${CMAKE_MATCH_1})
      if(NOT target_room IN_LIST ATTAIN_ARROWS_${room})
        message(FATAL_ERROR "'${room}' may not depend on '${target_room}'. Allowed: '${ATTAIN_ARROWS_${room}}' "
          "(cmake/Layers.cmake). Move the code to the room it belongs to instead of adding an arrow.")
      endif()
    endif()
  endforeach()
endfunction()

# attain_library(scoring SOURCES a.cc b.cc DEPS attain_x absl::status ...) makes target attain_scoring.
function(attain_library room)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  attain_check_arrows(${room} ${ARG_DEPS})
  add_library(attain_${room} STATIC ${ARG_SOURCES})
  target_include_directories(attain_${room} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(attain_${room} PUBLIC ${ARG_DEPS})
endfunction()

# attain_program(attaind ROOM server SOURCES main.cc DEPS ...)
function(attain_program name)
  cmake_parse_arguments(ARG "" "ROOM" "SOURCES;DEPS" ${ARGN})
  foreach(dep IN LISTS ARG_DEPS)
    if(NOT dep STREQUAL "attain_${ARG_ROOM}")
      attain_check_arrows(${ARG_ROOM} ${dep})
    endif()
  endforeach()
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS})
endfunction()

# attain_test(unit_scoring_decimal_test SOURCES decimal_test.cc DEPS attain_scoring [LABELS pure] [TIMEOUT s]):
# one executable, each TEST a ctest case of its own binary run (one ctest entry per executable keeps start-up cheap).
function(attain_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;DEPS;LABELS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} GTest::gmock GTest::gtest GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE ATTAIN_SOURCE_DIR="${CMAKE_SOURCE_DIR}" ATTAIN_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  # What ThreadSanitizer runs over: no gRPC, whose prebuilt library it reports without end.
  if("pure" IN_LIST ARG_LABELS OR "storage" IN_LIST ARG_LABELS)
    add_dependencies(pure_tests ${name})
  endif()
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}")
endfunction()
