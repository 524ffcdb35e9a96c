# aisha_embed(TARGET NAME [BASE dir] FILES file... [DEPENDS target...]): the files as bytes inside TARGET. Defines
# `aisha::embedded::Files aisha::embedded::NAME()` (base/embedded.hpp); paths are relative to BASE (default: the source root).
# Files made during the build are fine; name the target that makes them in DEPENDS when it is of another folder.
function(aisha_embed target name)
  cmake_parse_arguments(ARG "" "BASE" "FILES;DEPENDS" ${ARGN})
  if(NOT ARG_BASE)
    set(ARG_BASE ${CMAKE_SOURCE_DIR})
  endif()
  set(out ${CMAKE_CURRENT_BINARY_DIR}/embedded_${name}.cpp)
  add_custom_command(
    OUTPUT ${out}
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/cmake/embed.py ${out} ${name} ${ARG_BASE} ${ARG_FILES}
    DEPENDS ${CMAKE_SOURCE_DIR}/cmake/embed.py ${ARG_FILES} ${ARG_DEPENDS}
    COMMENT "Embedding ${name}"
    VERBATIM)
  target_sources(${target} PRIVATE ${out})
  set_source_files_properties(${out} PROPERTIES COMPILE_OPTIONS "-Wno-overlength-strings")
endfunction()
