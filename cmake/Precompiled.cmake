# Two precompiled headers of what comes from outside and never changes between two builds: one for the libraries and
# programs, one with GoogleTest for the tests. No header of our own is in them, so a change of ours rebuilds what it
# always did.
set(AISHA_PRECOMPILED
    <algorithm> <array> <chrono> <cstdint> <expected> <functional> <map> <memory> <optional> <span> <string> <string_view>
    <utility> <variant> <vector> <boost/asio/as_tuple.hpp> <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp>
    <boost/asio/detached.hpp> <boost/asio/steady_timer.hpp> <boost/asio/this_coro.hpp> <boost/asio/use_awaitable.hpp>
    <boost/describe.hpp> <boost/json.hpp> <fmt/format.h>)

# ccache names an object's precompiled header by this text instead of its bytes, which hold the path of the checkout.
string(CONCAT precompiled_from "${AISHA_PRECOMPILED} ${CMAKE_CXX_COMPILER_VERSION} ${Boost_VERSION} ${fmt_VERSION} "
                               "${GTest_VERSION} ${CMAKE_BUILD_TYPE} ${AISHA_SANITIZE}")
string(SHA256 precompiled_sum "${precompiled_from}")

# CMake names the header itself too, by a full path that ccache would take for a difference between two checkouts.
set(CMAKE_CXX_COMPILE_OPTIONS_USE_PCH -Xclang -include-pch -Xclang <PCH_FILE>)

# aisha_precompiled(NAME [GTest]): the target whose header others take over with REUSE_FROM.
function(aisha_precompiled name)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp)
  file(CONFIGURE OUTPUT ${source} CONTENT "// Nothing but the precompiled header.\n")
  add_library(${name} OBJECT ${source})
  target_link_libraries(${name} PRIVATE Threads::Threads Boost::json OpenSSL::Crypto fmt::fmt spdlog::spdlog ${ARGN})
  target_compile_options(${name} PRIVATE "SHELL:-Xclang -fno-pch-timestamp")
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${name}.dir/cmake_pch.hxx.pch.sum
       CONTENT "${precompiled_sum}\n")
endfunction()

aisha_precompiled(aisha_pch)
target_precompile_headers(aisha_pch PRIVATE ${AISHA_PRECOMPILED})

# Tests are compiled without optimising: their statements take most of a build and run once.
# GoogleTest's targets ask for -pthread, on which a precompiled header and its user must agree.
set(AISHA_TEST_OPTIONS -O0 -U_FORTIFY_SOURCE -pthread)
aisha_precompiled(aisha_test_pch GTest::gmock GTest::gtest)
set_target_properties(aisha_test_pch PROPERTIES POSITION_INDEPENDENT_CODE OFF)
target_compile_options(aisha_test_pch PRIVATE ${AISHA_TEST_OPTIONS} -fPIE)  # as the programs that take it over
target_precompile_headers(aisha_test_pch PRIVATE ${AISHA_PRECOMPILED} <gmock/gmock.h> <gtest/gtest.h>)
