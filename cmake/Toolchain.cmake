# Compiler, linker and sanitizer settings that hold for every target.
set(ATTAIN_SANITIZER "" CACHE STRING "Sanitizer to build with: empty, address (with undefined), thread, fuzzer (with undefined) or fuzzer-address (with both)")

find_program(ATTAIN_CCACHE ccache)
if(ATTAIN_CCACHE)
  # The sloppiness is what ccache asks for where headers are precompiled.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${ATTAIN_CCACHE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-fpch-preprocess)
  else()
    add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
  endif()
endif()

find_program(ATTAIN_MOLD mold)
if(ATTAIN_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_compile_options(-Wall -Wextra -Werror=return-type -Werror=unused-result)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  add_compile_options(-Wthread-safety -Werror)  # scripts/check builds with clang to be told, so a warning fails it
endif()

if(ATTAIN_SANITIZER STREQUAL "address")
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -g1)
  add_link_options(-fsanitize=address,undefined)
elseif(ATTAIN_SANITIZER STREQUAL "thread")
  # Debian's libprotobuf is built without ThreadSanitizer, and its headers give maps another layout where they see it.
  add_compile_options(-fsanitize=thread -U__SANITIZE_THREAD__ -fno-omit-frame-pointer -g1)
  add_link_options(-fsanitize=thread)
elseif(ATTAIN_SANITIZER MATCHES "^fuzzer(-address)?$")
  # Everything is compiled with the counters that lead a fuzzer; only the fuzzers link its main (tests/fuzz).
  if(ATTAIN_SANITIZER STREQUAL "fuzzer-address")
    set(ATTAIN_FUZZER_CHECKS address,undefined)
  else()
    set(ATTAIN_FUZZER_CHECKS undefined)
    set(ATTAIN_FUZZER_LEAVES_OUT -fno-sanitize-coverage=trace-cmp)  # twice as fast; the other one learns from what is compared
  endif()
  add_compile_options(-fsanitize=fuzzer-no-link,${ATTAIN_FUZZER_CHECKS} ${ATTAIN_FUZZER_LEAVES_OUT} -fno-sanitize-recover=undefined -fno-omit-frame-pointer -g1)
  add_link_options(-fsanitize=${ATTAIN_FUZZER_CHECKS})
elseif(NOT ATTAIN_SANITIZER STREQUAL "")
  message(FATAL_ERROR "ATTAIN_SANITIZER is '${ATTAIN_SANITIZER}': use address, thread, fuzzer, fuzzer-address or nothing")
endif()
