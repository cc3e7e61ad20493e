/** What people write about customers, in the mix of languages that a real base has. */
export const NOTES: readonly string[] = [
  'Prefers a call before 9. Gate code on the delivery sheet.',
  'Renovating two bathrooms; wants samples of the oak panels.',
  'Asked for a discount on pallets of 40 and more.',
  'Will decide after the trade fair. Send the catalogue again in spring.',
  'Paid late twice, then apologised. Deposit on large orders.',
  'Wife handles the invoices, send copies to both.',
  'Braucht das Angebot schriftlich, bitte per Post und E-Mail.',
  'Möchte nur noch über den Außendienst bestellen. Sehr zufrieden mit der letzten Lieferung.',
  'Dachausbau ab Mai, Gerüst steht schon. Rückruf nach Feierabend.',
  'Préfère être appelée l’après-midi. Chantier à Lyon jusqu’en juin.',
  'Quiere presupuesto para la cocina y el baño por separado.',
  'Proszę o fakturę z odroczonym terminem płatności.',
  'Teslimatı cumartesi günü istiyor, asansör yok.',
  'Просить дзвонити після обіду.',
  'Θέλει προσφορά για τα παράθυρα.',
]

export const TAGS: readonly string[] = [
  'builder',
  'architect',
  'homeowner',
  'trade account',
  'VIP',
  'newsletter',
  'key account',
  'roofing',
  'kitchen',
  'bathroom',
  'flooring',
  'late payer',
  'referral',
  'Messe 2025',
  'Großkunde',
  'follow up',
]

/** Questions and answers of chats with the assistant. */
export const CHAT_TOPICS: readonly { readonly summary: string; readonly asks: string; readonly answers: string }[] = [
  {
    summary: 'Asked about delivery times for decking boards.',
    asks: 'How long does delivery of 60 m² of decking take?',
    answers: 'In stock boards reach you within five working days. Shall I prepare a quote?',
  },
  {
    summary: 'Wants a quote for roof insulation.',
    asks: 'I need insulation for a 120 m² roof, what would that cost?',
    answers: 'For 120 m² I would suggest 180 mm boards. A colleague will send a quote today.',
  },
  {
    summary: 'Complained about a damaged pallet; replacement arranged.',
    asks: 'Two bags on yesterday’s pallet were torn.',
    answers: 'I am sorry about that. We will replace them with the next truck, free of charge.',
  },
  {
    summary: 'Fragt nach Fensterbänken in Sondermaß.',
    asks: 'Fertigen Sie Fensterbänke auch in 187 cm?',
    answers: 'Ja, bis 240 cm auf Maß. Darf ich Ihnen ein Angebot schicken?',
  },
  {
    summary: 'Möchte einen Beratungstermin vor Ort.',
    asks: 'Kann jemand vorbeikommen und ausmessen?',
    answers: 'Gern. Unser Außendienst meldet sich heute noch bei Ihnen.',
  },
  {
    summary: 'Demande un devis pour du parquet.',
    asks: 'Quel est le prix du parquet en chêne pour 45 m² ?',
    answers: 'Je vous prépare un devis avec la pose en option.',
  },
  {
    summary: 'Changed phone number and delivery address.',
    asks: 'We have moved, can you update our address?',
    answers: 'Thank you, I have noted the new address and number.',
  },
  {
    summary: 'Asked whether paint samples can be collected in the shop.',
    asks: 'Can I pick up the paint samples on Saturday?',
    answers: 'Yes, the counter is open from 8 to 13 on Saturdays.',
  },
  {
    summary: 'Pregunta por la garantía de las ventanas.',
    asks: '¿Cuántos años de garantía tienen las ventanas?',
    answers: 'Diez años en el marco y cinco en los herrajes.',
  },
  {
    summary: 'Pyta o fakturę za ostatnie zamówienie.',
    asks: 'Czy mogę dostać fakturę jeszcze raz?',
    answers: 'Oczywiście, wysłałem ją na Pana adres e-mail.',
  },
]

/** What is sold, with a unit price. */
export const PRODUCTS: readonly { readonly text: string; readonly price: number }[] = [
  { text: 'Oak decking board 145 mm, per m²', price: 84.5 },
  { text: 'Roof insulation board 180 mm, per m²', price: 31.2 },
  { text: 'Window sill, made to measure', price: 118 },
  { text: 'Interior paint, white, 12.5 l', price: 96.9 },
  { text: 'Plasterboard 2600 × 1200', price: 14.75 },
  { text: 'Bathroom tile, matt grey, per m²', price: 42 },
  { text: 'Delivery and unloading', price: 145 },
  { text: 'Installation, per hour', price: 88 },
]
