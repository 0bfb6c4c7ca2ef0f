/**
 * Link that opens WhatsApp with a message written, for a person to send (WhatsApp's "click to chat").
 * @param number E.164
 */
export const whatsappLink = (number: string, text: string): string =>
  `https://wa.me/${number.replace(/\D/g, '')}?text=${encodeURIComponent(text)}`;
