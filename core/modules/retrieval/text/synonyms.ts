import { countryNames } from './countries.ts';
import { serviceGroups } from './lexicon-services.ts';

/**
 * What people call the same thing when they write to a shop or a service: one line per notion, one list per language, the usual word
 * first. General vocabulary only. Several words in one entry are looked for as a phrase and stand for the first word of their list;
 * where `…` stands, up to three others may come between (`send it all back`).
 * Groups also lead from one language to another, where no text in the asker's own language is found.
 */
export type Group = Readonly<Partial<Record<string, string>>>;

const groups: readonly Group[] = [
  { en: 'refund, money back, money, reimburse, reimbursement, repay, get … money back, money … back, paid back, pay … back, give … money back, refunded, chargeback', de: 'Rückerstattung, erstatten, Erstattung, Geld zurück, rückerstatten, Geld … zurück, Erstattungen, zurückerstatten, zurückzahlen, Rückzahlung', ar: 'استرداد, استرجاع, إرجاع المبلغ, استرداد المال, استعادة المال, استرجع فلوسي, ارجاع فلوسي, استرداد المبلغ, فلوسي', fr: 'remboursement, rembourser, remboursé, argent … retour', es: 'reembolso, reembolsar, devolución del dinero, dinero … vuelta', it: 'rimborso, rimborsare, soldi indietro', nl: 'terugbetaling, terugbetalen, geld terug', pt: 'reembolso, estorno, dinheiro … volta' },
  { en: 'cancel, cancellation, no show, not show up, miss … appointment, missed … appointment, can’t make it, cannot make it, can’t come, unable to come, terminate, end, unsubscribe, call off, back out, withdraw, stop paying, quit, stop … subscription, no longer want, not want … anymore, get out of, give notice, opt out, cancelled, cancelling, revoke, revocation', de: 'kündigen, Kündigung, kündige, storniere, gekündigt, storniert, nicht kommen, nicht erscheinen, stornieren, Stornierung, beenden, abbestellen, absagen, widerrufen, loswerden, abmelden, aussteigen, Widerruf, Storno, nicht mehr zahlen, nicht mehr wollen', ar: 'إلغاء, الغي, إنهاء, الغاء, الغى, إيقاف الاشتراك, فسخ', fr: 'annuler, annulation, résilier, résiliation, désabonner, rétracter', es: 'cancelar, cancelación, anular, baja, darme de baja, cancelo', it: 'annullare, annullamento, disdire, disdetta, recedere', nl: 'annuleren, opzeggen, stopzetten, annulering', pt: 'cancelar, cancelamento, desistir' },
  { en: 'password, passcode, passphrase, credentials, pin, login details', de: 'Passwort, Kennwort, Zugangsdaten, Login-Daten, Pin', ar: 'كلمة المرور, كلمة السر, الرقم السري, باسورد', fr: 'mot de passe', es: 'contraseña, clave', it: 'password', nl: 'wachtwoord', pt: 'senha' },
  { en: 'login, sign in, signin, log in, logon, log on, let me in, log … in, sign … in, get in, logging in, signing in, access … account, enter … account', de: 'Anmeldung, anmelden, einloggen, Login, anmelde, reinkommen, logge … ein, melde … an, komme … rein', ar: 'تسجيل الدخول, دخول, تسجيل, الدخول, أدخل حسابي', fr: 'connexion, connecter', es: 'iniciar sesión, acceder', it: 'accesso, accedere', nl: 'inloggen, aanmelden', pt: 'entrar, login' },
  { en: 'locked, blocked, lock out, suspended, unlock, lock, locked out, lock … out, too many attempts', de: 'gesperrt, Sperre, blockiert, sperren, ausgesperrt, entsperren, zu viele Versuche', ar: 'مقفل, محظور, قفل, مغلق', fr: 'bloqué, verrouillé, bloquer', es: 'bloqueado', it: 'bloccato', nl: 'geblokkeerd', pt: 'bloqueado' },
  { en: 'delivery, deliver, shipping, ship, shipment, dispatch, parcel … arrive, package … arrive, order … arrive, parcel … come, package … come, order … come, get … delivered, delivery time, shipping time, sent out, courier', de: 'Lieferung, liefern, Versand, versenden, Zustellung, zustellen, Lieferzeit, Lieferdauer, Versanddauer, Paket … kommt, Paket … ankommt, Bestellung … kommt, Paket … da, geliefert, verschickt, verschicken, ausliefern, Kurier', ar: 'توصيل, شحن, تسليم, الشحن, توصيلة, يوصل, مدة التوصيل, متى يصل, التسليم, مندوب, توصلون', fr: 'livraison, livrer, expédition, envoi, délai de livraison, livré, expédier', es: 'entrega, entregar, envío, enviar, envían, enviáis, plazo de entrega', it: 'consegna, spedizione, spedire, tempi di consegna', nl: 'levering, leveren, verzending, bezorging, bezorgen, verzenden, levertijd', pt: 'entrega, envio, frete, entregar, enviar' },
  { en: 'send, post, mail', de: 'schicken, senden, einsenden, Post', ar: 'إرسال, ارسل, بريد' },
  { en: 'invoice, bill, receipt, receipts, till slip, proof of purchase', de: 'Rechnung, Beleg, Quittung, Kassenbon, Kaufbeleg, Rechnungen, Bon', ar: 'فاتورة, إيصال', fr: 'facture, reçu', es: 'factura, recibo', it: 'fattura, ricevuta', nl: 'factuur, rekening, bon', pt: 'fatura, recibo' },
  { en: 'order, purchase, buy, bought, ordered, purchased', de: 'Bestellung, bestellen, Kauf, Auftrag, kaufen, gekauft, bestellt, Einkauf', ar: 'طلب, طلبية, شراء, اشتري, طلبي', fr: 'commande, commander, achat, acheter', es: 'pedido, compra, comprar, encargo', it: 'ordine, acquisto, comprare, acquistare', nl: 'bestelling, bestellen, aankoop, kopen', pt: 'pedido, compra, comprar' },
  { en: 'parcel, package, consignment', de: 'Paket, Sendung, Päckchen', ar: 'طرد, شحنة, الطرد, شحنتي', fr: 'colis, paquet', es: 'paquete', it: 'pacco', nl: 'pakket', pt: 'encomenda, pacote' },
  { en: 'return, send back, bring back, give back, take back, send … back, bring … back, give … back, take … back, sent … back, ship … back, mail … back, post … back, hand … back, returnable, returned', de: 'Rücksendung, zurückschicken, zurücksenden, Retoure, zurückgeben, Rückgabe, schicke … zurück, schicken … zurück, sende … zurück, gebe … zurück, geben … zurück, bringe … zurück, zurückbringen, zurückgeschickt, Rückgaberecht, Rückgabefrist', ar: 'إرجاع, ارجع, مرتجع, ارجاع, رجوع, أرجع, أرجعه, إعادة, اعيد, استرجاع المنتج, ترجيع', fr: 'retour, retourner, renvoyer, renvoi', es: 'devolución, devolver, devuelvo, devoluciones', it: 'reso, restituire, restituzione, rendere', nl: 'retour, retourneren, terugsturen', pt: 'devolução, devolver, devolvo' },
  { en: 'exchange, swap, replace, replacement, trade, different size, another size, other size, bigger one, smaller one', de: 'Umtausch, umtauschen, tauschen, Ersatz, ersetzen, andere Größe, tausche, austauschen, Austausch', ar: 'استبدال, تبديل, استبدل, ابدل', fr: 'échange, échanger, remplacer', es: 'cambio, cambiar', it: 'cambio, sostituire', nl: 'ruilen, omruilen', pt: 'troca, trocar' },
  { en: 'pay, payment, paid, paying, payable, settle, pay for', de: 'bezahlen, Zahlung, zahlen, Bezahlung, überweisen, Überweisung, bezahlt, bezahle, zahle, begleichen', ar: 'دفع, سداد, ادفع, الدفع', fr: 'paiement, payer', es: 'pago, pagar', it: 'pagamento, pagare', nl: 'betaling, betalen', pt: 'pagamento, pagar' },
  { en: 'price, cost, costs, fee, charge, how much, rate, expensive, prices, pricing, tariff, how expensive, costly, price list', de: 'Preis, Kosten, kosten, Gebühr, teuer, kostet, was kostet, wie teuer, Preise, Tarif', ar: 'سعر, تكلفة, رسوم, كم سعر, بكم, التكلفة, ثمن, الأسعار, يكلف, أجرة', fr: 'prix, coût, frais, tarif, coûte, combien coûte', es: 'precio, coste, tarifa, costo, cuesta, cuánto cuesta, precios', it: 'prezzo, costo, tariffa, costa, quanto costa', nl: 'prijs, kosten, tarief, kost, hoeveel kost', pt: 'preço, custo, taxa, custa, quanto custa' },
  { en: 'free, gratis, complimentary, for nothing, free of charge, no charge, without charge, at no cost, free of cost', de: 'kostenlos, gratis, kostenfrei, umsonst, unentgeltlich, ohne Kosten, gebührenfrei', ar: 'مجاني, مجانا, بدون رسوم, ببلاش', fr: 'gratuit', es: 'gratis, gratuito', it: 'gratis, gratuito', nl: 'gratis', pt: 'grátis' },
  { en: 'discount, reduction, coupon, promo, cheaper, rebate, cheap, deal, special offer, offers, half price, pay half, save money, price cut, money off', de: 'Rabatt, Ermäßigung, Nachlass, billiger, günstiger, Rabattcode, Angebot, Sonderangebot, verbilligt, vergünstigt, Vergünstigung, Aktion, günstig, billig, sparen', ar: 'خصم, تخفيض, عرض, عروض, أرخص, كوبون', fr: 'remise, réduction, rabais, promo, moins cher, tarif réduit', es: 'descuento, rebaja, oferta, más barato', it: 'sconto, offerta, riduzione', nl: 'korting, aanbieding, goedkoper', pt: 'desconto, oferta, mais barato' },
  { en: 'voucher, gift card, gift certificate, gift voucher', de: 'Gutschein, Geschenkkarte, Geschenkgutschein', ar: 'قسيمة, بطاقة هدية', fr: 'bon, carte cadeau', es: 'vale, tarjeta regalo', it: 'buono', nl: 'cadeaubon, waardebon', pt: 'vale' },
  { en: 'account, profile, user account, customer account, login data', de: 'Konto, Profil, Benutzerkonto, Kundenkonto', ar: 'حساب, ملف شخصي, حسابي', fr: 'compte, profil', es: 'cuenta, perfil', it: 'account, profilo', nl: 'account, profiel', pt: 'conta, perfil' },
  { en: 'delete, remove, erase, wipe, get rid of, close … account, deletion', de: 'löschen, Löschung, entfernen, Konto schließen, gelöscht', ar: 'حذف, مسح, احذف, إزالة', fr: 'supprimer, suppression, effacer', es: 'eliminar, borrar', it: 'cancellare, eliminare', nl: 'verwijderen, wissen', pt: 'excluir, apagar' },
  { en: 'change, modify, edit, update, alter, adjust, changing, correct, correction, switch, amend, move', de: 'ändern, Änderung, bearbeiten, anpassen, wechseln, Wechsel, korrigieren, umstellen, verändern, umziehen', ar: 'تغيير, تعديل, اغير, تبديل, أعدل, أغير', fr: 'modifier, changer, modification', es: 'modificar, cambiar', it: 'modificare, cambiare', nl: 'wijzigen, aanpassen', pt: 'alterar, mudar' },
  { en: 'subscription, membership, plan, subscriptions, subscribe, contract, tariff', de: 'Abo, Abonnement, Mitgliedschaft, Vertrag, Tarif, abonnieren', ar: 'اشتراك, عضوية, الاشتراك, باقة, خطة', fr: 'abonnement, adhésion', es: 'suscripción, membresía', it: 'abbonamento', nl: 'abonnement, lidmaatschap', pt: 'assinatura' },
  { en: 'upgrade, higher plan', de: 'hochstufen, upgraden', ar: 'ترقية' },
  { en: 'trial, test version, try out, test, try for free, try … free, trial period, free trial, test period, demo', de: 'Probezeitraum, testen, Testphase, Probemonat, ausprobieren, Testversion, Testzeitraum, kostenlos testen, Demo', ar: 'تجربة, تجريبي, فترة تجريبية, تجربة مجانية, أجرب', fr: 'essai', es: 'prueba' },
  { en: 'address, street', de: 'Adresse, Anschrift, Straße', ar: 'عنوان', fr: 'adresse', es: 'dirección', it: 'indirizzo', nl: 'adres', pt: 'endereço' },
  { en: 'email, mail, e-mail', de: 'E-Mail, Mail', ar: 'بريد إلكتروني, ايميل, بريد, البريد الإلكتروني', fr: 'courriel, e-mail', es: 'correo, email' },
  { en: 'phone, telephone, mobile, smartphone, cell, cellphone, call, ring, hotline, phone number, telephone number, by phone', de: 'Telefon, Handy, Smartphone, Mobiltelefon, anrufen, Anruf, Hotline, Telefonnummer, telefonisch, Rufnummer', ar: 'هاتف, جوال, موبايل, تلفون, اتصال, أتصل, رقم الهاتف', fr: 'téléphone, portable, appeler', es: 'teléfono, móvil, llamar', it: 'telefono, cellulare, chiamare', nl: 'telefoon, mobiel, bellen', pt: 'telefone, celular, ligar' },
  { en: 'warranty, guarantee, warranties, guaranteed', de: 'Garantie, Gewährleistung, Garantiezeit, Garantien', ar: 'ضمان, كفالة, الضمان', fr: 'garantie', es: 'garantía', it: 'garanzia', nl: 'garantie', pt: 'garantia' },
  { en: 'repair, mend, fix, repaired, servicing, mending', de: 'Reparatur, reparieren, repariert, instandsetzen, flicken, richten', ar: 'إصلاح, تصليح, صيانة, أصلح', fr: 'réparation, réparer', es: 'reparación, reparar', it: 'riparazione, riparare', nl: 'reparatie, repareren', pt: 'reparo, consertar' },
  { en: 'broken, defective, damaged, damage, faulty, break, defect, stopped working, stop working, no longer works, fell apart, fall apart, came apart, torn, ripped, tear, cracked, crack, malfunction, broke', de: 'kaputt, defekt, beschädigt, Schaden, Defekt, zerbrochen, gerissen, Riss, geht nicht mehr, funktioniert nicht mehr, mangelhaft, Mangel, Defekte, zerrissen, fehlerhaft', ar: 'مكسور, تالف, عطل, خربان, معطل, تلف, كسر', fr: 'cassé, défectueux, endommagé, en panne, panne, abîmé', es: 'roto, dañado, defectuoso, estropeado, avería', it: 'rotto, difettoso, danneggiato, guasto', nl: 'kapot, defect, beschadigd, stuk, beschadiging', pt: 'quebrado, danificado, avariado, defeito' },
  { en: 'lost, missing, disappear, lose, losing, left behind, leave behind, forgot … behind, find … again, vanish, cannot find, can’t find', de: 'verloren, verschwunden, fehlt, fehlend, verlieren, verlor, liegen gelassen, liegengelassen, weg, abhanden', ar: 'مفقود, ضائع, ضاع, فقدت, ضيعت', fr: 'perdu, manquant, perdre', es: 'perdido, perder, perdí', it: 'perso, smarrito', nl: 'kwijt, verloren', pt: 'perdido, perdi' },
  { en: 'stolen, theft, steal, stole, robbed, nicked', de: 'gestohlen, Diebstahl, geklaut', ar: 'مسروق, سرقة', fr: 'volé, vol', es: 'robado, robo' },
  { en: 'rent, rental, hire, hired, rented', de: 'mieten, leihen, ausleihen, Verleih, Miete', ar: 'تأجير, استئجار, إيجار, أستأجر', fr: 'louer, location', es: 'alquilar, alquiler', it: 'noleggio, noleggiare', nl: 'huren, verhuur', pt: 'alugar, aluguel' },
  { en: 'store, shop, branch, counter, over the counter, shops, outlet, location, premises', de: 'Filiale, Laden, Geschäft, Shop, Ladengeschäft, Standort, Niederlassung', ar: 'متجر, محل, فرع, متجركم, معرض', fr: 'magasin, boutique', es: 'tienda, sucursal', it: 'negozio', nl: 'winkel', pt: 'loja' },
  { en: 'pickup, collect, pick up, click collect', de: 'Abholung, abholen', ar: 'استلام', fr: 'retrait, retirer', es: 'recogida, recoger', it: 'ritiro, ritirare', nl: 'afhalen, ophalen', pt: 'retirada' },
  { en: 'opening hours, business hours, office hours, open, hours, when … open, opening times, opening time, how late … open, until when … open, close, closed, closing', de: 'Öffnungszeiten, Geschäftszeiten, geöffnet, Öffnungszeit, offen, wann … auf, wann … offen, geschlossen, schließen', ar: 'أوقات الدوام, ساعات العمل, مواعيد, ساعات الدوام, مفتوح, تفتحون, متى تفتحون', fr: 'horaires, ouvert, heures d’ouverture, fermé', es: 'horario, abierto, abren, abre, cerrado', it: 'orari, aperto, apertura, chiuso', nl: 'openingstijden, open, geopend, gesloten', pt: 'horário, aberto, fechado' },
  { en: 'contact, reach, talk, speak, support, get in touch, speak to, talk to, reach you, customer service, help desk', de: 'Kontakt, erreichen, sprechen, Support, Kundendienst, Kundenservice, in Verbindung, melden', ar: 'تواصل, دعم, خدمة العملاء, أتواصل, الدعم', fr: 'contact, contacter', es: 'contacto, contactar', it: 'contatto, contattare', nl: 'contact, bereiken', pt: 'contato, contactar' },
  { en: 'complaint, complain, dissatisfied, unhappy', de: 'Beschwerde, Reklamation, beschweren, reklamieren', ar: 'شكوى', fr: 'réclamation, plainte', es: 'queja, reclamación' },
  { en: 'size, sizing, fit, too small, too big, too large, too tight, too wide, too short, not fit, doesn’t fit, wrong size', de: 'Größe, Größen, zu klein, zu groß, zu eng, zu weit, passt nicht, passen nicht, passen, passt', ar: 'مقاس, قياس, ضيق, واسع, كبير علي, صغير علي', fr: 'taille', es: 'talla', it: 'taglia', nl: 'maat', pt: 'tamanho' },
  { en: 'colour, color', de: 'Farbe', ar: 'لون', fr: 'couleur', es: 'color' },
  { en: 'customs, duty, duties, import tax', de: 'Zoll, Zollgebühren', ar: 'جمارك', fr: 'douane', es: 'aduana' },
  { en: 'vat, tax, sales tax', de: 'Mehrwertsteuer, MwSt, Umsatzsteuer, Steuer', ar: 'ضريبة', fr: 'tva, taxe', es: 'iva, impuesto' },
  { en: 'instalment, installment, pay later, instalments', de: 'Rate, Ratenzahlung, Raten', ar: 'تقسيط, أقساط', fr: 'mensualités, échelonné', es: 'cuotas, plazos' },
  { en: 'card, credit card, debit card', de: 'Karte, Kreditkarte, Kartenzahlung', ar: 'بطاقة, بطاقة ائتمان', fr: 'carte', es: 'tarjeta', it: 'carta', nl: 'kaart, creditcard', pt: 'cartão' },
  { en: 'declined, refused, rejected, fail, failed', de: 'abgelehnt, verweigert, fehlgeschlagen', ar: 'مرفوض, فشل', fr: 'refusé, échoué', es: 'rechazado, fallido' },
  { en: 'track, tracking, order status, tracking number, where … parcel, where … package, where … order, trace, status of … order', de: 'Sendungsverfolgung, Sendungsnummer, verfolgen, Lieferstatus, wo … Paket, wo … Bestellung, Sendung verfolgen, nachverfolgen', ar: 'تتبع, أين طلبي, وين طلبي, وين شحنتي', fr: 'suivi, suivre', es: 'seguimiento, rastrear', it: 'tracciare', nl: 'volgen, traceren', pt: 'rastrear' },
  { en: 'late, delay, delayed, overdue, not arrived, hasn’t arrived, still waiting, waiting for', de: 'verspätet, Verspätung, verzögert, spät, warte noch, warte immer noch, nicht angekommen, lässt auf sich warten', ar: 'تأخير, متأخر, لم يصل, ما وصل', fr: 'retard', es: 'retraso' },
  { en: 'country, abroad, international, foreign, overseas, countries, worldwide, outside', de: 'Ausland, international, Land, Länder, weltweit, außerhalb', ar: 'دولة, خارج, دولي, دول, بلد', fr: 'étranger, pays', es: 'extranjero, país', it: 'estero, paese', nl: 'buitenland, land', pt: 'país, exterior' },
  { en: 'newsletter, mailing list, marketing emails', de: 'Newsletter', ar: 'نشرة, رسائل إخبارية' },
  { en: 'privacy, personal data, gdpr, data protection', de: 'Datenschutz, DSGVO, personenbezogene Daten', ar: 'خصوصية, بيانات شخصية', fr: 'confidentialité, données personnelles', es: 'privacidad, datos personales' },
  { en: 'scam, phishing, fraud, fake, suspicious', de: 'Betrug, Phishing, gefälscht, Fälschung', ar: 'احتيال, تصيد, مزيف', fr: 'arnaque, fraude, hameçonnage', es: 'estafa, fraude' },
  { en: '2fa, two factor, two step, mfa, authenticator, verification code, two-step codes, second factor, confirmation code, security code, asks … code, recovery code', de: '2fa, Zwei-Faktor, Bestätigungscode, zweiter Faktor, Sicherheitscode, Zwei-Schritt', ar: 'المصادقة الثنائية, رمز التحقق' },
  { en: 'notification, notifications, alert, push', de: 'Benachrichtigung, Benachrichtigungen, Mitteilung', ar: 'إشعار, إشعارات, تنبيه', fr: 'notification', es: 'notificación' },
  { en: 'sync, synchronise, synchronize, synchronisation', de: 'Synchronisierung, synchronisieren', ar: 'مزامنة', fr: 'synchronisation', es: 'sincronizar' },
  { en: 'battery, accumulator, drain, flat battery, battery dead, battery life, runs flat, runs out, empties, empty', de: 'Batterie, Akku, Akkus', ar: 'بطارية', fr: 'batterie, pile', es: 'batería, pila' },
  { en: 'wash, clean, laundry, washing, care, care for, cleaning, washable', de: 'waschen, reinigen, Pflege, Reinigung, Wäsche, waschbar, sauber machen', ar: 'غسل, تنظيف', fr: 'laver, nettoyer', es: 'lavar, limpiar' },
  { en: 'jacket, coat', de: 'Jacke, Mantel', ar: 'جاكيت, معطف, سترة', fr: 'veste, manteau', es: 'chaqueta, abrigo' },
  { en: 'trousers, pants', de: 'Hose, Hosen', ar: 'بنطال, سروال', fr: 'pantalon', es: 'pantalón' },
  { en: 'shoes, shoe, boots, boot', de: 'Schuhe, Schuh, Stiefel', ar: 'حذاء, أحذية', fr: 'chaussures', es: 'zapatos' },
  { en: 'bag, backpack, rucksack', de: 'Rucksack, Tasche', ar: 'حقيبة', fr: 'sac', es: 'mochila, bolso' },
  { en: 'tent', de: 'Zelt, Zelte', ar: 'خيمة', fr: 'tente', es: 'tienda de campaña' },
  { en: 'student, university, college, pupil', de: 'Student, Studierende, Universität, Schüler', ar: 'طالب, جامعة', fr: 'étudiant', es: 'estudiante' },
  { en: 'points, loyalty, rewards, bonus', de: 'Punkte, Bonuspunkte, Treuepunkte', ar: 'نقاط, ولاء', fr: 'points, fidélité', es: 'puntos' },
  { en: 'job, jobs, career, vacancy, hiring, apply, vacancies, position, recruit, work for you', de: 'Stelle, Stellen, Karriere, Bewerbung, bewerben, Job, Jobs, Ausbildung, Praktikum, arbeiten bei', ar: 'وظيفة, وظائف', fr: 'emploi', es: 'empleo, trabajo', it: 'lavoro', nl: 'vacature, baan', pt: 'vaga, emprego' },
  { en: 'merge, combine, join together, put together, bring together, unite', de: 'zusammenführen, zusammenlegen, kombinieren', ar: 'دمج' },
  { en: 'month, monthly', de: 'Monat, monatlich', ar: 'شهر, شهري', fr: 'mois, mensuel, mensuelle', es: 'mes, mensual', it: 'mese', nl: 'maand', pt: 'mês' },
  { en: 'year, yearly, annual, annually', de: 'Jahr, jährlich, Jahre', ar: 'سنة, سنوي', fr: 'an, année, annuel', es: 'año, anual' },
  { en: 'minute, minutes', de: 'Minute, Minuten', ar: 'دقيقة' },
  { en: 'forgot, forgotten, forget, not remember, can’t remember, cannot remember, don’t remember, no longer know, don’t know anymore', de: 'vergessen, erinnere … nicht, weiß … nicht mehr, nicht mehr einfallen, fällt … nicht', ar: 'نسيت, نسيان, لا أتذكر, لا اتذكر', fr: 'oublié', es: 'olvidado, olvidé', it: 'dimenticato', nl: 'vergeten', pt: 'esqueci' },
  { en: 'reset, restore', de: 'zurücksetzen, neu setzen, neues setzen', ar: 'إعادة تعيين, استعادة', fr: 'réinitialiser', es: 'restablecer' },
  { en: 'document, passport, id card, identity', de: 'Ausweis, Personalausweis, Reisepass', ar: 'جواز, هوية', fr: 'passeport', es: 'pasaporte' },
  { en: 'neighbour, neighbor, next door', de: 'Nachbar, Nachbarn', ar: 'جار', fr: 'voisin', es: 'vecino' },
  { en: 'dispose, disposal, recycle, recycling', de: 'entsorgen, Entsorgung, Recycling', ar: 'تخلص, إعادة تدوير' },
  { en: 'second hand, used goods, secondhand, preowned', de: 'gebraucht, Secondhand', ar: 'مستعمل', fr: 'occasion', es: 'segunda mano' },
  { en: 'cash on delivery, cod', de: 'Nachnahme', ar: 'الدفع عند الاستلام', fr: 'contre remboursement', es: 'contra reembolso' },
  { en: 'app, application', de: 'App, Anwendung', ar: 'تطبيق', fr: 'application, appli', es: 'aplicación' },
  { en: 'website, site, web page', de: 'Webseite, Website, Homepage', ar: 'موقع', fr: 'site', es: 'sitio, web' },
  { en: 'accountant, bookkeeper, accounting, bookkeeping', de: 'Buchhaltung, Buchhalter, Steuerberater', ar: 'محاسب, محاسبة' },
  { en: 'crypto, cryptocurrency, cryptocurrencies, bitcoin', de: 'Kryptowährung, Bitcoin, Krypto', ar: 'بيتكوين, عملات رقمية' },
  { en: 'sms, text message, text', de: 'SMS, Textnachricht', ar: 'رسالة نصية' },
  { en: 'wrong, incorrect, mistake, error, mistyped', de: 'falsch, Fehler, verkehrt', ar: 'خطأ, خاطئ' },
  { en: 'employee, employees, staff, colleague, worker, team member, team', de: 'Mitarbeiter, Angestellte, Personal', ar: 'موظف, موظفين' },
  { en: 'manual, instructions, guide, handbook', de: 'Anleitung, Handbuch, Gebrauchsanweisung', ar: 'دليل, تعليمات' },
  { en: 'install, installation, set up, setup', de: 'installieren, Installation, einrichten, Einrichtung', ar: 'تثبيت, إعداد', fr: 'installer', es: 'instalar' },
  { en: 'crash, bug, freeze, does not work, not working', de: 'Absturz, abstürzen, funktioniert nicht', ar: 'تعطل, لا يعمل' },
  { en: 'export, download, save', de: 'Export, exportieren, herunterladen, Download, speichern', ar: 'تصدير, تنزيل, تحميل', fr: 'télécharger', es: 'descargar', it: 'scaricare', nl: 'downloaden', pt: 'baixar' },
  { en: 'upload, import, attach', de: 'hochladen, importieren, Import, anhängen', ar: 'رفع, استيراد' },
  { en: 'invite, invitation, add member, add user, add … people, add … person, add … colleague, give … access, share with', de: 'einladen, Einladung, Zugang geben, hinzufügen, Mitglied', ar: 'دعوة, أدعو, إضافة', fr: 'inviter', es: 'invitar', it: 'invitare', nl: 'uitnodigen', pt: 'convidar' },
  { en: 'permission, role, rights, access', de: 'Berechtigung, Rolle, Rechte, Zugriff', ar: 'صلاحية, دور' },
  { en: 'available, stock, in stock, sold out, availability, out of stock, back in stock, in store', de: 'verfügbar, lieferbar, Lager, ausverkauft, vorrätig, Bestand, Verfügbarkeit, auf Lager', ar: 'متوفر, مخزون' },
  { en: 'expire, expired, valid, validity, expiry, run out, good for, works for, still valid, is valid', de: 'gültig, Gültigkeit, ablaufen, abgelaufen, gilt, Ablauf, gelten', ar: 'صالح, صلاحية, انتهاء', fr: 'valable, expirer', es: 'caducar, válido, vence', it: 'scade, valido', nl: 'geldig, verlopen', pt: 'válido, validade' },
  { en: 'limit, maximum, max, at most', de: 'Limit, Maximum, maximal, höchstens', ar: 'حد أقصى' },
  { en: 'minimum, min, at least', de: 'Minimum, mindestens', ar: 'حد أدنى' },
  { en: 'express, overnight, next day, same day, tomorrow, urgent, urgently, as fast as possible, priority', de: 'Express, Eilversand, am nächsten Tag, dringend, eilig, schnellstmöglich', ar: 'سريع, مستعجل, عاجل' },
  { en: 'arrive, arrival, receive, arrives, arriving, get here', de: 'ankommen, Ankunft, erhalten, eintreffen, kommt an, kommen an, angekommen', ar: 'وصول, يصل' },
  { en: 'extend, extension, prolong, longer, stay longer, bit longer, later', de: 'verlängern, Verlängerung, später, länger bleiben', ar: 'تمديد' },
  { en: 'renew, renewal', de: 'erneuern', ar: 'تجديد' },
  { en: 'pause, suspend, put on hold, freeze', de: 'pausieren, unterbrechen', ar: 'إيقاف مؤقت' },
  { en: 'stop, disable, switch off, turn off, deactivate', de: 'ausschalten, deaktivieren, abschalten', ar: 'إيقاف, تعطيل' },
  { en: 'enable, switch on, turn on, activate', de: 'einschalten, aktivieren, Aktivierung', ar: 'تفعيل' },
  { en: 'allow, permitted, allowed', de: 'erlaubt, zulässig, gestattet', ar: 'مسموح' },
  { en: 'statement, bank statement, debit', de: 'Kontoauszug, Abbuchung, abbuchen', ar: 'كشف حساب' },
  { en: 'sell, resell, trade in, offer, stock … item', de: 'verkaufen, Verkauf, anbieten, verkauft', ar: 'بيع, تبيعون' },
  { en: 'number, amount, quantity', de: 'Anzahl, Menge, Nummer', ar: 'عدد, رقم' },
  { en: 'leave, quit, exit', de: 'verlassen, austreten', ar: 'مغادرة' },
  { en: 'insurance, insured, cover, insurer, insure, health insurance', de: 'Versicherung, versichert, Versicherer, Krankenkasse, versichern', ar: 'تأمين', fr: 'assurance, mutuelle', es: 'seguro', it: 'assicurazione', nl: 'verzekering', pt: 'seguro' },
  { en: 'signature, sign', de: 'Unterschrift, unterschreiben', ar: 'توقيع' },
];

const lists = new Map<string, readonly (readonly string[])[]>();

/** For each notion what it is called in this language; the same places in every language. Behind the notions stand the countries. */
export function synonymLists(language: string): readonly (readonly string[])[] {
  const known = lists.get(language);
  if (known) return known;
  const made = [...[...groups, ...serviceGroups].map((group) => group[language]?.split(', ') ?? []), ...countryNames(language)];
  lists.set(language, made);
  return made;
}

/** Which group is a country, counted among the countries; below 0 for a notion. */
export const countryPlace = (group: number): number => group - groups.length - serviceGroups.length;
