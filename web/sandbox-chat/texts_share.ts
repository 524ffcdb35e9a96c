// SPDX-License-Identifier: Apache-2.0
// The words of inline mode: whom to send to, and what the other person gets.
import { plural } from '../shared/language';

export const share = {
  ru: {
    whom: 'Кому отправить?',
    tap: (name: string) => `Нажмите на картинку — её получит ${name}`,
    words: 'Слова за именем бота',
    nothing: 'Бот ничего не предложил.',
    more: 'Ещё',
    sent: (name: string) => `Отправлено: ${name}. Сядьте на это место в панели разработчика, чтобы увидеть`,
    received: (name: string, n: number) => (n === 1 ? `${name}: картинка для вас` : `${name} и не только: ${n} ${plural(n, ['картинка', 'картинки', 'картинок'])} для вас`),
    fromFriends: 'От других людей',
    via: 'через',
  },
  en: {
    whom: 'Whom to send to?',
    tap: (name: string) => `Tap a picture: ${name} will get it`,
    words: 'Words behind the bot’s name',
    nothing: 'The bot offers nothing.',
    more: 'More',
    sent: (name: string) => `Sent to ${name}. Take their seat in the developer panel to see it`,
    received: (name: string, n: number) => (n === 1 ? `${name}: a picture for you` : `${name} and others: ${n} pictures for you`),
    fromFriends: 'From other people',
    via: 'via',
  },
};
