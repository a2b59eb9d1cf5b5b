// What nearly every test of an engine includes, parsed once for all of them (see CMakeLists.txt). Not to be
// included by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/engine/engine_fixture.h"
