if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang" OR CMAKE_CXX_COMPILER_VERSION VERSION_LESS 19)
  message(FATAL_ERROR "Aisha needs clang 19 or newer: g++ 12 miscompiles coroutines (docs/adr/0001-clang.md). "
                      "Run tools/setup, then configure with a preset: cmake --preset release")
endif()

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

option(AISHA_BENCH "Build the benchmarks" ON)
option(AISHA_FACES "Look for faces in people's photos (dlib)" ON)
option(AISHA_FUZZ "Instrument for libFuzzer and build fuzz_parsers" OFF)
set(AISHA_SANITIZE "" CACHE STRING "address,undefined or thread")

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor
                    -Woverloaded-virtual -Werror)
add_compile_definitions(_GLIBCXX_ASSERTIONS BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION
                        BOOST_ASIO_NO_DEPRECATED)
if(AISHA_SANITIZE)
  add_compile_options(-fsanitize=${AISHA_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${AISHA_SANITIZE})
  add_compile_definitions(BOOST_ASIO_DISABLE_AWAITABLE_FRAME_RECYCLING AISHA_SANITIZED=1)
else()
  add_compile_options(-fstack-protector-strong -fcf-protection $<$<NOT:$<CONFIG:Debug>>:-D_FORTIFY_SOURCE=2>)
endif()
if(AISHA_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
add_link_options(-pie -Wl,-z,relro,-z,now)

find_program(AISHA_CCACHE ccache)
if(AISHA_CCACHE)
  # Relative paths and no directory in the hash: another checkout of the same sources hits the same cache.
  set(launcher ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 CCACHE_PCH_EXTSUM=1
               CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${AISHA_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()
find_program(AISHA_MOLD mold)
if(AISHA_MOLD)
  add_link_options(-fuse-ld=mold)
endif()
