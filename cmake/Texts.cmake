# aisha_texts(TARGET): data/locales/*.po compiled by msgfmt (which refuses a broken catalogue) and built into TARGET as
# `aisha::embedded::locales()`, "ru.mo" and "en.mo".
include(Embed)

function(aisha_texts target)
  set(made ${CMAKE_CURRENT_BINARY_DIR}/locales)
  file(MAKE_DIRECTORY ${made})
  foreach(language ru en)
    set(po ${CMAKE_SOURCE_DIR}/data/locales/${language}.po)
    add_custom_command(
      OUTPUT ${made}/${language}.mo
      COMMAND ${MSGFMT} --check -o ${made}/${language}.mo ${po}
      DEPENDS ${po}
      COMMENT "Compiling ${language}.po"
      VERBATIM)
    list(APPEND catalogues ${made}/${language}.mo)
  endforeach()
  aisha_embed(${target} locales BASE ${made} FILES ${catalogues})
endfunction()
