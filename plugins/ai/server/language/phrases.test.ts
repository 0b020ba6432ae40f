import { describe, expect, test } from 'vitest';
import { detect } from './detect.ts';
import { listen } from './phrases.ts';

describe('asking for a person', () => {
  test.each([
    'I want to talk to a human', 'human please', 'Agent', 'Can I speak with a real person?', 'could you connect me to an agent', 'let me talk to someone', 'Not a bot, please!', 'Why can\'t I talk to a human?',
    'Ich möchte mit einem Menschen sprechen', 'Mitarbeiter bitte', 'Kann ich bitte mit einem echten Mitarbeiter reden?', 'Je voudrais parler à un conseiller', 'parler avec quelqu’un', 'Quiero hablar con una persona',
    'Vorrei parlare con un operatore', 'Quero falar com um atendente', 'Ik wil met een medewerker praten', 'Chcę porozmawiać z człowiekiem', 'Gerçek bir insanla konuşmak istiyorum', 'Хочу поговорить с оператором', 'позовите оператора',
    'أريد التحدث مع موظف', 'اريد التكلم مع شخص حقيقي', 'オペレーターと話したいです', '人間と話したい', 'I DON\'T WANT A BOT', 'Ich will keinen Roboter',
  ])('%s', (text) => expect(listen(text).wantsHuman).toBe(true));

  test.each([
    'How do I contact human resources?', 'Do you sell Agent Orange posters?', 'I don\'t need a human, just the price', 'I do not want to talk to a person, tell me the opening hours', 'What does "talk to a human" do?', 'How do I add an agent?',
    'Is it a human error?', 'How much is it per person?', 'What is the agent app?', 'My user agent is Firefox', 'Real Persons Ltd is my company', 'I wrote "human please" in the form', '> talk to a human\nWhat does this line mean?',
    'Wie kann ich einen Mitarbeiter einladen?', 'Ich brauche keinen Menschen, nur die Öffnungszeiten', 'Was kostet es pro Person?', 'Comment contacter les ressources humaines ?', '¿Dónde está recursos humanos?', 'ما هي حقوق الإنسان؟', 'لا أريد التحدث مع موظف',
    'Права человека', '担当者を追加する方法は？', 'Jak dodać pracownika?', 'İnsan kaynakları nerede?', 'How do I export my data?',
  ])('not: %s', (text) => expect(listen(text).wantsHuman).toBe(false));
});

describe('dissatisfaction', () => {
  test.each([
    'That did not help', 'this is ridiculous', 'You are useless', 'it STILL does not work', 'I am very disappointed', 'Das hilft mir nicht', 'Das ist eine Frechheit', 'Ça ne m\'aide pas', 'Eso no me ayuda', 'non mi hai capito', 'Isso não ajuda', 'Dat helpt mij niet',
    'To nie pomogło', 'işe yaramadı', 'Это не помогло', 'هذا لا يساعد', '役に立たない', 'WRONG ANSWER!!', 'terrible and slow',
  ])('%s', (text) => expect(listen(text).isDissatisfied).toBe(true));

  test.each(['Not bad at all', 'How do I delete my account?', 'What do I do with a broken screen?', 'Is the slow mode any good?', 'Das ist nicht schlecht', 'Que faire si le produit est défectueux ?', 'How do I report a scam mail to you? Just kidding, how do I log in?'.slice(49)])('not: %s', (text) => {
    expect(listen(text).isDissatisfied).toBe(false);
  });
});

describe('small talk', () => {
  test.each([
    ['Hi', 'greeting'], ['hello there!', 'greeting'], ['Guten Morgen', 'greeting'], ['Bonjour', 'greeting'], ['مرحبا', 'greeting'], ['السلام عليكم', 'greeting'], ['こんにちは', 'greeting'], ['Привет!', 'greeting'], ['Cześć', 'greeting'], ['👋', 'greeting'],
    ['thank you so much!', 'thanks'], ['Vielen Dank für die Hilfe', 'thanks'], ['merci beaucoup', 'thanks'], ['ok', 'thanks'], ['شكرا جزيلا', 'thanks'], ['ありがとうございます', 'thanks'], ['👍', 'thanks'], ['bye', 'goodbye'], ['Auf Wiedersehen', 'goodbye'],
  ])('%s is a %s', (text, kind) => expect(listen(text).smalltalk).toBe(kind));

  test.each(['Hi, how do I reset my password?', 'thanks, but where is my invoice?', 'Hallo, was kostet der Versand?', 'How are refunds paid?', '???'])('not only: %s', (text) => expect(listen(text).smalltalk).toBeNull());
});

test.each([
  ['How do I change my password?', 'en'], ['Wie kann ich mein Passwort ändern?', 'de'], ['Comment puis-je changer mon mot de passe ?', 'fr'], ['¿Cómo puedo cambiar mi contraseña?', 'es'], ['كيف يمكنني تغيير كلمة المرور؟', 'ar'], ['パスワードを変更するには？', 'ja'],
  ['Как изменить пароль?', 'ru'], ['Hoe kan ik mijn wachtwoord wijzigen?', 'nl'], ['Jak mogę zmienić hasło?', 'pl'], ['Şifremi nasıl değiştirebilirim ve ne kadar sürer?', 'tr'], ['Come posso cambiare la mia password?', 'it'], ['Como posso alterar a minha senha?', 'pt'], ['Password', null],
])('%s is %s', (text, language) => expect(detect(text)).toBe(language));
