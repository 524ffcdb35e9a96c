// SPDX-License-Identifier: Apache-2.0
// The part of the Bot API's types that the page draws.

export interface User {
  id: number;
  is_bot?: boolean;
  first_name: string;
  last_name?: string;
  username?: string;
  language_code?: string;
  is_premium?: boolean;
}

/** A person of the sandbox: the Bot API's User and what the sandbox knows besides. */
export interface Person extends User {
  blocked?: boolean;
  started?: boolean;
  unread?: number;
}

export interface Command {
  command: string;
  description: string;
}

export interface Bot {
  id: number;
  username: string;
  first_name: string;
  description?: string;
  short_description?: string;
  commands?: Command[];
}

/** offset and length count UTF-16 code units, which is what a JavaScript string counts too. */
export interface Entity {
  type: string;
  offset: number;
  length: number;
  url?: string;
  language?: string;
}

export interface PhotoSize {
  file_id: string;
  file_unique_id: string;
  width: number;
  height: number;
  file_size?: number;
}

export interface FileInfo {
  file_id: string;
  file_unique_id: string;
  file_name?: string;
  mime_type?: string;
  file_size?: number;
}

export interface Button {
  text: string;
  style?: 'primary' | 'success' | 'danger';
  callback_data?: string;
  url?: string;
  copy_text?: { text: string };
  switch_inline_query?: string;
  switch_inline_query_current_chat?: string;
  switch_inline_query_chosen_chat?: { query?: string };
  web_app?: { url: string };
  pay?: boolean;
}

export interface Message {
  message_id: number;
  from?: User;
  chat: { id: number };
  date: number;
  edit_date?: number;
  reply_to_message?: Message;
  text?: string;
  entities?: Entity[];
  photo?: PhotoSize[];
  has_media_spoiler?: boolean;
  show_caption_above_media?: boolean;
  document?: FileInfo;
  caption?: string;
  caption_entities?: Entity[];
  media_group_id?: string;
  reply_markup?: { inline_keyboard?: Button[][] };
}

export interface Reaction {
  emoji: string;
  from: number;
}

/** What the chat shows below its messages: a reply keyboard or a forced reply of the bot. */
export interface ReplyMarkup {
  keyboard?: ({ text: string } | string)[][];
  input_field_placeholder?: string;
  one_time_keyboard?: boolean;
  force_reply?: boolean;
  remove_keyboard?: boolean;
}

export interface Conversation {
  messages: Message[];
  version: number;
  reactions?: Record<string, Reaction[]>;
  reply_markup?: ReplyMarkup | null;
}

export interface PressResult {
  answered: boolean;
  toast?: string | null;
  alert?: string | boolean | null;
  url?: string | null;
  ms?: number;
}

/** A photo that a bot offers for an inline query. */
export interface InlineResult {
  id: string;
  photo: PhotoSize[];
  caption?: string;
  caption_entities?: Entity[];
  reply_markup?: { inline_keyboard?: Button[][] };
}

export interface InlineAnswer {
  inline_query_id: string;
  answered: boolean;
  results: InlineResult[];
  next_offset: string;
  /** Above the results: opens the chat with the bot. */
  button?: { text: string; start_parameter: string } | null;
}

/** What somebody got from another person "via" a bot. */
export interface ViaMessage {
  message_id: number;
  date: number;
  from: User;
  via_bot: User;
  photo: PhotoSize[];
  caption?: string;
  caption_entities?: Entity[];
  reply_markup?: { inline_keyboard?: Button[][] };
}

export interface Call {
  n: number;
  method: string;
  parameters: Record<string, unknown>;
  files?: { name?: string; type?: string; size?: number; sha256?: string }[];
  /** Null while the call runs, and when the connection was dropped. */
  answer: unknown;
  /** 0 while the call runs. */
  status: number;
  ms: number;
}

export interface UpdateRecord {
  n: number;
  update_id: number;
  update: Record<string, unknown>;
  /** How often the bot got it. */
  handed: number;
  acknowledged: boolean;
}
