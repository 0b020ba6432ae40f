import { foldText } from './fold-word.ts';

/** Words that say nothing about what a text is about. Short lists, in the folded form of the language. */
const lists: Readonly<Record<string, string>> = {
  en: `a an the and or but if then else of at by for with about against between into through to from in on off over under again further once here there when where why how all any both each few more most other some such
    no nor not only own same so than too very can will just should now is am are was were be been being have has had having do does did doing i me my mine myself we us our ours you your yours he him his she her hers it its they them their theirs
    this that these those what which who whom whose as because while until would could may might must shall also ive id im ill youre youve youll were weve well dont doesnt didnt cant couldnt wont wouldnt isnt arent wasnt hasnt havent
    thats whats theres lets let yes ok okay hi hello hey dear please thanks thank thx pls u ur ll ve re s t m d etc still ever even much many really actually maybe anyway yet already almost upon within without per via up out down`,
  de: `der die das den dem des ein eine einer eines einem einen und oder aber wenn dann als wie wo wann warum wieso weshalb was wer wen wem wessen welche welcher welches welchen ich du er sie es wir ihr mich dich sich uns euch mir dir ihm ihn ihnen
    mein meine meiner meinen meinem dein deine deiner sein seine seiner seinen seinem ihre ihrer ihren ihrem unser unsere euer eure eurer kein keine keinen nicht nur auch noch schon sehr so zu zum zur im in ins an am auf aus bei beim mit nach von vom vor
    fur uber unter zwischen durch gegen ohne um bis seit ist bin bist sind seid war waren wird werden wurde worden habe hab hast hat haben hatte hatten kann kannst konnen konnte konnt muss musst mussen soll sollte darf durfen mag mochte will wollen
    dass weil da hier dort ja nein doch mal denn man etwas alle alles jeder jede jedes diese dieser dieses diesen diesem jetzt bitte danke hallo hi guten tag moin gibt es gerade eigentlich also dabei damit daran woran wohin woher davon dazu ob`,
  ar: `في من على الى إلى عن مع هذا هذه ذلك تلك التي الذي الذين ما ماذا ما هي هو هم هن انا أنا نحن انت أنت انتم كيف متى اين أين لماذا ليش كم هل لا لم لن ان أن إن اذا إذا كان كانت يكون تكون قد كل بعض بعد قبل عند عندي لي لك له لها لنا لكم و ف ب ل ثم او أو
    حتى اي أي غير بين كما ايضا أيضا فقط جدا يمكن يمكنني ممكن اريد أريد ابي ابغى عايز بدي مرحبا السلام عليكم شكرا لو سمحت من فضلك وين شو ايش إيش راح اللي ليس ليست هناك لدي لديكم عندكم مالتي حقي كنت ماذا وكم وما وانا علي عليه`,
  fr: `le la les un une des du de au aux et ou mais donc or ni car que qui quoi dont ou quand comment pourquoi combien quel quelle quels quelles je tu il elle nous vous ils elles me te se lui leur mon ma mes ton ta tes son sa ses notre nos votre vos leurs
    ce cet cette ces dans en par pour sur sous avec sans entre vers chez est suis es sommes etes sont etait etre ai as avons avez ont avait avoir peut peux puis pouvez pouvoir faut ne pas plus moins tres aussi bien y a merci bonjour salut si oui non`,
  es: `el la los las un una unos unas de del al y o u pero si no que quien quienes cual cuales cuando donde como cuanto cuanta cuantos por para con sin sobre entre hasta desde en a yo tu el ella nosotros vosotros ellos me te se nos os lo le les mi mis tu tus
    su sus nuestro nuestra vuestro este esta estos estas ese esa eso esto es soy eres somos son era ser estar estoy esta estan hay he has ha hemos han puedo puede pueden podria muy mas menos tambien ya gracias hola buenos dias favor`,
  it: `il lo la i gli le un uno una di del dello della dei degli delle a al allo alla ai agli alle da dal dalla in nel nella nei su sul sulla con per tra fra e o ma se che chi cui quale quali quando dove come quanto perche io tu lui lei noi voi loro mi ti si ci vi
    mio mia miei tuo sua suo nostro vostro questo questa questi quello e sono sei siamo siete era essere ho hai ha abbiamo avete hanno posso puo non piu molto anche grazie ciao buongiorno`,
  nl: `de het een en of maar als dan dat die dit deze wat wie waar wanneer waarom hoe welke ik jij je hij zij ze wij we jullie u mij me hem haar ons hun mijn jouw zijn uw onze van in op aan bij met naar uit voor over onder door tot om te is ben bent was waren
    word wordt worden heb hebt heeft hebben had kan kunt kunnen moet mag wil niet geen wel ook nog al er hier daar zo zeer graag bedankt hallo hoi`,
  pt: `o a os as um uma uns umas de do da dos das em no na nos nas ao aos e ou mas se que quem qual quais quando onde como quanto por para com sem sobre entre ate eu tu ele ela nos vos eles me te lhe meu minha meus seu sua seus nosso este esta esse essa isso
    isto e sou es somos sao era ser estou esta estao tem tenho ha posso pode podem nao mais muito tambem ja obrigado ola por favor`,
  sv: 'och eller men om att det den de en ett som i pa av till for med fran vid hos jag du han hon vi ni dem mig dig sig oss min mitt mina din ditt dina er ert hur vad var nar varfor vem vilken vilket ar var varit blir har hade kan kunde ska skulle vill inte ocksa mycket hej tack',
  da: 'og eller men om at det den de en et som i pa af til for med fra ved hos jeg du han hun vi dem mig dig sig os min mit mine din dit dine jer jeres hvordan hvad hvor hvornar hvorfor hvem hvilken er var vaeret bliver har havde kan kunne skal skulle vil ikke ogsa meget hej tak',
  no: 'og eller men om at det den de en et ei som i pa av til for med fra ved hos jeg du han hun vi dem meg deg seg oss min mitt mine din ditt dine dere hvordan hva hvor nar hvorfor hvem hvilken er var vaert blir har hadde kan kunne skal skulle vil ikke ogsa mye hei takk',
  ru: `и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее мне было вот от меня еще нет о из ему теперь когда даже ну ли если или ни быть был него до вас нибудь уже вам мы где есть для как почему сколько какой какая какие это
    этот эта эти мой моя мои мое ваш ваша ваши можно могу может нужно надо привет здравствуите здравствуйте спасибо пожалуиста пожалуйста при чтобы`,
  tr: 've veya ama fakat ile icin bir bu su o ben sen biz siz onlar benim senin bizim sizin mi mu ne nasil neden nicin ne zaman nerede kim hangi kac var yok degil de da ki daha cok gibi kadar her merhaba lutfen tesekkurler olarak',
  pl: 'i w we na z ze do od o po za przez dla czy jak co kto gdzie kiedy dlaczego ile jaki jaka jakie ja ty on ona my wy oni mnie mi moj moja moje twoj nasz wasz ten ta to te jest sa byl byc mam ma mamy nie tak juz tez bardzo prosze dziekuje czesc dzien dobry moge mozna',
  zh: '如何 怎么 怎样 什么 哪里 哪个 为什么 多少 我 我们 你 你们 您 他 她 它 的 了 吗 呢 是 在 有 和 与 或 请 请问 可以 能 能否 要 想 这 那 一个 不 也 都 就 会 把 对 吧 你好 谢谢',
  ja: 'を は が の に へ と で も や から まで より か ね よ です ます した する して ください できる でき ある いる こと もの これ それ どの どこ いつ なぜ どう 何 私 い た て な お ご さ れ る ん ませ ない 方法 ですか ますか',
  ko: '은 는 이 가 을 를 에 의 와 과 도 로 으로 에서 까지 부터 하고 그 저 이것 무엇 어떻게 언제 어디 왜 나 너 우리 있나요 하나요 합니까 있습니까 안녕하세요 감사합니다',
};

/**
 * Words that questions are made of: they may meet anything, so they count little, and their absence says nothing.
 * A sentence with nothing but them asks for nothing.
 */
const vague: Readonly<Record<string, string>> = {
  en: `want wants wanted need needs needed like get gets got getting give gives go goes going come comes make makes made put take takes taken know say says tell tells told see use using used try tried trying way ways thing things something anything someone somebody anyone everything
    stuff help question problem issue happen happens happened possible able time times day days long soon quick quickly fast good best new old right wrong first last next one two three people person today tomorrow yesterday work works look looks find found show shows
    think mean means sure seem keep keeps kept since ago before after during another different able bit lot back away where's start started call ask asked live think feel really guy sort kind case way please else soon later little big small high higher far around instead thing yourself
    hear hope wonder understand explain exactly set bought buy tap choose stuff nothing everything own ages put together often mean meaning option options accidentally really automatically normally currently matter worth kinds`,
  de: `mochten brauche brauchen gehen geht ging machen mache macht gemacht kommen kommt bekommen bekomme bekommt kriege krieg kriegen wissen weiss sagen geben gibt nehmen finden finde zeigen helfen hilfe frage problem moglich neu alt gut erste ersten letzte lange lang viel viele wenig zeit tag tage heute morgen gestern mehr
    tun lassen stehen steht ganz eben wieder immer nie schnell jemand ding sache funktioniert erlaubt drei zwei gern gerne weiter zuruck ware hatte`,
  ar: 'اعرف احتاج محتاج طريقه مشكله سوال سؤال وقت يوم ايام اليوم جديد اول اخر مساعده ساعدني يعمل شي شيء حاجه طلع',
  fr: 'veux voudrais vouloir besoin faire fait aller obtenir avoir donner savoir trouver probleme question aide possible nouveau temps jour jours',
  es: 'quiero quisiera necesito hacer hago tener tengo dar saber encontrar problema pregunta ayuda posible nuevo tiempo dia dias',
  it: 'voglio vorrei bisogno fare avere dare sapere trovare problema domanda aiuto possibile nuovo tempo giorno giorni',
  nl: 'nodig doen maken krijgen krijg gaan geven weten vinden probleem vraag hulp mogelijk nieuw tijd dag dagen',
  pt: 'quero gostaria preciso fazer ter dar saber encontrar problema pergunta ajuda possivel novo tempo dia dias',
  ru: 'хочу хотел нужен сделать получить дать знать наити проблема вопрос помощь помогите новыи время день днеи',
  zh: '需要 知道 问题 帮助 时间 时候',
  ja: 'したい 欲しい 必要 知りたい 教えて 問題 質問 時間',
};

const sets = (source: Readonly<Record<string, string>>) => new Map(Object.entries(source).map(([language, words]) => [language, new Set(foldText(words).split(/\s+/))]));
const stopSets = sets(lists);
const vagueSets = sets(vague);
const sameAs: Readonly<Record<string, string>> = { nb: 'no', nn: 'no' };
const setOf = (from: ReadonlyMap<string, ReadonlySet<string>>, language: string) => from.get(sameAs[language] ?? language);

export const isStopWord = (word: string, language: string): boolean => setOf(stopSets, language)?.has(word) ?? false;
export const isVague = (word: string, language: string): boolean => setOf(vagueSets, language)?.has(word) ?? false;
/** Languages whose little words are known here, for telling them apart. */
export const stopLists: ReadonlyMap<string, ReadonlySet<string>> = stopSets;
export const vagueLists: ReadonlyMap<string, ReadonlySet<string>> = vagueSets;
