// SPDX-License-Identifier: Apache-2.0
// What a person reads when something could not be done, by the sandbox's code (`offline` is the page's own).

export const errors: Record<'ru' | 'en', Record<string, string>> = {
  ru: {
    offline: 'Нет связи с песочницей. Она поднимется — и страница продолжит сама.',
    'bot.blocked': 'Вы заблокировали бота. Разблокируйте его, и он ответит.',
    'message.gone': 'Этого сообщения больше нет.',
    'button.gone': 'Этой кнопки больше нет: сообщение изменилось.',
    'photo.unreadable': 'Это фото не открывается. Попробуйте другой файл.',
    'text.too_long': 'Слишком длинно: в сообщении не больше 4096 знаков.',
    'album.mixed': 'Фото и файлы в один альбом не складываются.',
    'album.too_many': 'В альбоме не больше десяти файлов.',
    'inline.off': 'У этого бота нет inline-режима.',
    'inline.too_long': 'Слишком длинно: не больше 256 знаков.',
    'inline.gone': 'Этого результата больше нет. Наберите слова снова.',
    'top_up.absent': 'Монеты даёт только «aisha demo»: здесь песочница работает одна.',
    'top_up.stranger': 'Бот вас ещё не знает: сначала нажмите «Старт».',
    'top_up.failed': 'Бот сейчас не отвечает, монет не прибавилось. Попробуйте ещё раз.',
    other: 'Песочница не смогла этого сделать. Подробности в консоли браузера.',
  },
  en: {
    offline: 'No connection to the sandbox. Once it is back, the page goes on by itself.',
    'bot.blocked': 'You have blocked the bot. Unblock it and it will answer.',
    'message.gone': 'This message is gone.',
    'button.gone': 'This button is gone: the message has changed.',
    'photo.unreadable': 'This photo does not open. Try another file.',
    'text.too_long': 'Too long: a message has at most 4096 characters.',
    'album.mixed': 'Photos and files cannot share an album.',
    'album.too_many': 'An album has at most ten files.',
    'inline.off': 'This bot has no inline mode.',
    'inline.too_long': 'Too long: at most 256 characters.',
    'inline.gone': 'This result is gone. Type the words again.',
    'top_up.absent': 'Only “aisha demo” gives coins: this sandbox runs alone.',
    'top_up.stranger': 'The bot does not know you yet: press Start first.',
    'top_up.failed': 'The bot does not answer now, no coins were added. Try again.',
    other: 'The sandbox could not do that. The browser console tells more.',
  },
};
