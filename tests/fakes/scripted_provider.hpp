// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <deque>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "providers/image_generator.hpp"

namespace aisha::fakes {

/// A provider that answers from lists; with an empty list it takes the submit, has it completed and gives one picture.
class ScriptedProvider final : public providers::ImageGenerator {
 public:
  std::deque<Result<providers::RemoteJob>> submits;
  std::deque<Result<providers::RemoteStatus>> statuses;
  std::deque<Result<providers::RemoteResult>> results;
  std::deque<Result<providers::CancelOutcome>> cancels;
  std::deque<Result<std::string>> downloads;
  std::deque<Result<std::string>> uploads;

  /// Runs while a submit is on its way: what the rest of the world does meanwhile. std::function: tests capture.
  std::function<void()> meanwhile;

  std::vector<providers::Submission> submitted;
  std::vector<std::string> cancelled;
  std::vector<std::string> downloaded;
  std::vector<std::string> uploaded;  ///< the bytes

  static providers::RemoteResult one_picture(std::string url = "https://v3.fal.media/a.jpg", bool nsfw = false) {
    providers::RemoteResult out;
    out.pictures.push_back({std::move(url), {}, nsfw});
    return out;
  }
  static providers::RemoteStatus in_queue(int ahead) { return {providers::RemoteStatus::Phase::waiting, ahead}; }

  Task<Result<providers::RemoteJob>> submit(providers::Submission submission) override {
    submitted.push_back(submission);
    if (meanwhile) {
      std::exchange(meanwhile, nullptr)();
    }
    providers::RemoteJob job;
    job.endpoint = std::move(submission.endpoint);
    job.request_id = "r-" + std::to_string(submitted.size());
    Result<providers::RemoteJob> usual = std::move(job);
    co_return next(submits, std::move(usual));
  }
  Task<Result<providers::RemoteStatus>> status(providers::RemoteJob) override {
    Result<providers::RemoteStatus> usual =
        providers::RemoteStatus{providers::RemoteStatus::Phase::completed, std::nullopt};
    co_return next(statuses, std::move(usual));
  }
  Task<Result<providers::RemoteResult>> result(providers::RemoteJob, providers::OutputShape) override {
    Result<providers::RemoteResult> usual = one_picture();
    co_return next(results, std::move(usual));
  }
  Task<Result<providers::CancelOutcome>> cancel(providers::RemoteJob job) override {
    cancelled.push_back(std::move(job.request_id));
    Result<providers::CancelOutcome> usual = providers::CancelOutcome::removed;
    co_return next(cancels, std::move(usual));
  }
  Task<Result<std::string>> download(std::string url) override {
    downloaded.push_back(std::move(url));
    Result<std::string> usual = std::string("jpeg bytes");
    co_return next(downloads, std::move(usual));
  }
  Task<Result<std::string>> upload(std::string bytes, std::string, std::string) override {
    uploaded.push_back(std::move(bytes));
    Result<std::string> usual = "https://v3.fal.media/up-" + std::to_string(uploaded.size());
    co_return next(uploads, std::move(usual));
  }

 private:
  template <class T>
  static T next(std::deque<T>& script, T usual) {
    if (script.empty()) {
      return usual;
    }
    T out = std::move(script.front());
    script.pop_front();
    return out;
  }
};

}  // namespace aisha::fakes
