/** An address that its server refuses for good; `because`: the server's words, which may quote it. */
export interface Refusal {
  address: string;
  because: string;
}

/**
 * What a failed send throws. `permanent`: the server refused this message for good (5xx), trying again is useless. `refused`:
 * the addresses that it says do not exist.
 */
export interface SendFailure extends Error {
  permanent: boolean;
  refused: Refusal[];
}

/** What Nodemailer says of a failure; of a recipient's, also which one. */
export interface ServerError extends Error {
  code?: string;
  command?: string;
  response?: string;
  responseCode?: number;
  recipient?: string;
  rejectedErrors?: ServerError[];
}

/** Refusals of the message itself; a 5xx at sign-in or greeting is about our settings, and may be put right. */
const ABOUT_THE_MESSAGE = ['EENVELOPE', 'EMESSAGE'];

/** Mailbox unavailable, not local, not allowed (RFC 5321, 4.2.3). */
const ABOUT_THE_MAILBOX = [550, 551, 553];
/** The mail system, the network, the content or a policy, not the mailbox (RFC 3463, 3.4 to 3.8). */
const ABOUT_SOMETHING_ELSE = /\b5\.[3-7]\.\d/;
const NO_SUCH_MAILBOX = /\b5\.1\.\d/;

/** A mailbox that is full may be emptied: RFC 5321, 4.5.3.1.10, has 552 tried again. */
const isFull = ({ command, responseCode, response = '' }: ServerError): boolean =>
  (responseCode === 552 && command === 'RCPT TO') || /\b5\.2\.2\b/.test(response);

const isForGood = (error: ServerError): boolean => (error.responseCode ?? 0) >= 500 && !isFull(error);

const isAboutMailbox = (error: ServerError): boolean => {
  const { responseCode = 0, response = '' } = error;
  if (!isForGood(error) || ABOUT_SOMETHING_ELSE.test(response)) return false;
  return ABOUT_THE_MAILBOX.includes(responseCode) || NO_SUCH_MAILBOX.test(response);
};

const refusalOf = ({ recipient = '', response = '' }: ServerError): Refusal => ({
  address: recipient,
  because: response,
});

/** The addresses that do not exist, among the recipients that the server would not take. */
export const refusedIn = (errors: ServerError[] = []): Refusal[] => errors.filter(isAboutMailbox).map(refusalOf);

/** Some servers look a mailbox up only once they have the message: their answer is about it when it is the only one. */
const refusedAtData = (error: ServerError, recipients: string[]): Refusal[] =>
  error.command === 'DATA' && recipients.length === 1 ? refusedIn([{ ...error, recipient: recipients[0] ?? '' }]) : [];

/** Makes of a failure what senders are told. `recipients`: the addresses that the message was for. */
export const sendFailure = (error: ServerError, recipients: string[]): SendFailure => {
  const { message, code = '', rejectedErrors = [] } = error;
  const permanent =
    ABOUT_THE_MESSAGE.includes(code) &&
    (rejectedErrors.length > 0 ? rejectedErrors.every(isForGood) : isForGood(error));
  const refused = [...refusedIn(rejectedErrors), ...refusedAtData(error, recipients)];
  return Object.assign(new Error(message, { cause: error }), { permanent, refused });
};
