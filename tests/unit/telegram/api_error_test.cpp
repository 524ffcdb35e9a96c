// SPDX-License-Identifier: Apache-2.0
#include "telegram/api_error.hpp"

#include <gtest/gtest.h>

namespace aisha::telegram {
namespace {

struct Case {
  int status;
  const char* description;
  ErrorKind kind;
  Errc code;
};

http::Response refusal(int status, const std::string& description, const std::string& more = "") {
  http::Response response;
  response.status = status;
  response.body =
      R"({"ok":false,"error_code":)" + std::to_string(status) + R"(,"description":")" + description + "\"" + more + "}";
  return response;
}

TEST(ApiError, TelegramsExactWordsHaveTheirKind) {
  using enum ErrorKind;
  const Case cases[] = {
      {400,
       "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
       "current content and reply markup of the message",
       not_modified, Errc::telegram_refused},
      {400, "Bad Request: message to edit not found", message_not_found, Errc::telegram_refused},
      {400, "Bad Request: message to delete not found", message_not_found, Errc::telegram_refused},
      {400, "Bad Request: message to be replied not found", message_not_found, Errc::telegram_refused},
      {400, "Bad Request: message can't be edited", cant_be_edited, Errc::telegram_refused},
      {400, "Bad Request: message media can't be edited", cant_be_edited, Errc::telegram_refused},
      {400, "Bad Request: message can't be deleted for everyone", cant_be_edited, Errc::telegram_refused},
      {400, "Bad Request: there is no text in the message to edit", no_text_to_edit, Errc::telegram_refused},
      {400, "Bad Request: there is no caption in the message to edit", no_text_to_edit, Errc::telegram_refused},
      {400, "Bad Request: query is too old and response timeout expired or query ID is invalid", query_too_old,
       Errc::telegram_refused},
      {400, "Bad Request: chat not found", chat_not_found, Errc::telegram_unreachable},
      {400, "Bad Request: user not found", chat_not_found, Errc::telegram_unreachable},
      {403, "Forbidden: bot was blocked by the user", blocked, Errc::telegram_unreachable},
      {403, "Forbidden: user is deactivated", blocked, Errc::telegram_unreachable},
      {403, "Forbidden: bot can't initiate conversation with a user", blocked, Errc::telegram_unreachable},
      {400, "Bad Request: group chat was upgraded to a supergroup chat", migrated, Errc::telegram_refused},
      {400, "Bad Request: wrong file identifier/HTTP URL specified", wrong_file_id, Errc::telegram_refused},
      {400, "Bad Request: wrong remote file identifier specified: can't unserialize it. Wrong last symbol",
       wrong_file_id, Errc::telegram_refused},
      {400, "Bad Request: wrong remote file identifier specified: Wrong padding length", wrong_file_id,
       Errc::telegram_refused},
      {400, "Bad Request: can't use file of type Document as Photo", wrong_file_id, Errc::telegram_refused},
      {400, "Bad Request: wrong file_id or the file is temporarily unavailable", wrong_file_id, Errc::telegram_refused},
      {400, "Bad Request: PHOTO_INVALID_DIMENSIONS", photo_invalid, Errc::telegram_refused},
      {400, "Bad Request: IMAGE_PROCESS_FAILED", photo_invalid, Errc::telegram_refused},
      {400, "Bad Request: photo has unsupported extension. Use one of .jpg, .jpeg, .gif, .png, .tif or .bmp",
       photo_invalid, Errc::telegram_refused},
      {400, "Bad Request: file of size 12000000 bytes is too big for a photo; the maximum size is 10485760 bytes",
       photo_invalid, Errc::telegram_refused},
      {400, "Bad Request: can't parse entities: Can't find end of Bold entity at byte offset 5", entity_parse,
       Errc::telegram_refused},
      {400, "Bad Request: message is too long", too_large, Errc::telegram_refused},
      {400, "Bad Request: MESSAGE_TOO_LONG", too_large, Errc::telegram_refused},
      {400, "Bad Request: message caption is too long", too_large, Errc::telegram_refused},
      {400, "Bad Request: BUTTON_DATA_INVALID", other, Errc::telegram_refused},
      {400, "Bad Request: message text is empty", other, Errc::telegram_refused},
      {401, "Unauthorized", unauthorized, Errc::telegram_unauthorized},
      {401, "Unauthorized: invalid token specified", unauthorized, Errc::telegram_unauthorized},
      {404, "Not Found", unauthorized, Errc::telegram_unauthorized},
      {404, "Not Found: method not found", other, Errc::telegram_refused},
      {409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
       conflict, Errc::telegram_conflict},
      {429, "Too Many Requests: retry after 5", flood, Errc::telegram_flood},
      {500, "Internal Server Error: restart", server, Errc::unavailable},
      {502, "Bad Gateway", server, Errc::unavailable},
  };
  for (const Case& c : cases) {
    const ApiError error = error_of(refusal(c.status, c.description));
    EXPECT_EQ(error.kind, c.kind) << c.description;
    EXPECT_EQ(error.code, c.code) << c.description;
    EXPECT_EQ(error.description, c.description);
  }
}

TEST(ApiError, RetryAfterComesFromTheBodyThenTheHeader) {
  http::Response both = refusal(429, "Too Many Requests: retry after 7", R"(,"parameters":{"retry_after":7})");
  both.headers.push_back({"Retry-After", "9"});
  EXPECT_EQ(error_of(both).retry_after, 7);
  http::Response header_only;
  header_only.status = 429;
  header_only.headers.push_back({"retry-after", "9"});
  EXPECT_EQ(error_of(header_only).retry_after, 9);
  EXPECT_EQ(error_of(header_only).kind, ErrorKind::flood);
  EXPECT_EQ(error_of(refusal(429, "Too Many Requests")).retry_after, 0);
  EXPECT_EQ(error_of(refusal(429, "x", R"(,"parameters":{"retry_after":-5})")).retry_after, 0);
  header_only.headers.front().value = "soon";
  EXPECT_EQ(error_of(header_only).retry_after, 0);
}

TEST(ApiError, TheNewIdOfAGroupIsKept) {
  const ApiError error = error_of(refusal(400, "Bad Request: group chat was upgraded to a supergroup chat",
                                          R"(,"parameters":{"migrate_to_chat_id":-1001234567890123})"));
  EXPECT_EQ(error.kind, ErrorKind::migrated);
  EXPECT_EQ(error.migrate_to_chat_id, -1001234567890123);
}

TEST(ApiError, AnswersThatAreNotJsonGoByTheirStatus) {
  http::Response response;
  response.status = 413;
  EXPECT_EQ(error_of(response).kind, ErrorKind::too_large);
  response.status = 502;
  response.body = "<html>Bad Gateway</html>";
  EXPECT_EQ(error_of(response).kind, ErrorKind::server);
  response.status = 200;
  EXPECT_EQ(error_of(response).kind, ErrorKind::unknown_outcome);
  EXPECT_EQ(error_of(response).code, Errc::net_unknown);
}

TEST(ApiError, k05_AGatewaysPageSaysNothingAboutTheCall) {
  http::Response response;
  response.body = "<html>You are blocked</html>";
  for (const int status : {302, 400, 401, 403, 404, 407, 409, 501}) {
    response.status = status;
    EXPECT_EQ(error_of(response).kind, ErrorKind::server) << status;
    EXPECT_EQ(error_of(response).code, Errc::unavailable) << status;
  }
}

TEST(ApiError, AnAlbumsRefusalIsThatOfTheMemberItNames) {
  const auto of_member = [](const std::string& reason) {
    return kind_of(400, "Bad Request: failed to send message #2 with the error message \"" + reason + "\"");
  };
  EXPECT_EQ(of_member("PHOTO_INVALID_DIMENSIONS"), ErrorKind::photo_invalid);
  EXPECT_EQ(of_member("IMAGE_PROCESS_FAILED"), ErrorKind::photo_invalid);
  EXPECT_EQ(of_member("SOMETHING_NEW"), ErrorKind::other);
  EXPECT_EQ(kind_of(400, "Bad Request: told with the error message \"IMAGE_PROCESS_FAILED\""), ErrorKind::other);
}

TEST(ApiError, NetworkErrorsSayWhetherTelegramMayHaveActed) {
  EXPECT_EQ(error_of(Error{Errc::net_not_sent, "refused"}).kind, ErrorKind::not_sent);
  EXPECT_EQ(error_of(Error{Errc::net_unknown, "reset"}).kind, ErrorKind::unknown_outcome);
  EXPECT_EQ(error_of(Error{Errc::net_too_large, "big"}).kind, ErrorKind::unknown_outcome);
  EXPECT_EQ(error_of(Error{Errc::net_unknown, "reset"}).code, Errc::net_unknown);
}

}  // namespace
}  // namespace aisha::telegram
