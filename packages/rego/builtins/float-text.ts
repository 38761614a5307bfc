// Doubles as decimal text, correctly rounded with ties to even as Go's strconv does; JavaScript's toFixed rounds ties up.
// https://pkg.go.dev/strconv#FormatFloat

/** A number without its sign as `digits` × 10^(point − number of digits): digits "125" with point 1 is 1.25. */
export interface Digits {
  readonly digits: string;
  readonly point: number;
}

/** The sign, and the absolute value as mantissa × 2^exponent. */
export interface BinaryParts {
  readonly negative: boolean;
  readonly mantissa: bigint;
  readonly exponent: number;
}

/** Takes a finite double apart. The mantissa has 53 bits but for subnormal numbers and zero. */
export function binaryParts(value: number): BinaryParts {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  return {
    negative: bits >> 63n === 1n,
    mantissa: biased === 0 ? fraction : fraction | 0x10000000000000n,
    exponent: (biased === 0 ? 1 : biased) - 1075,
  };
}

/** Like Go's `%f` with a precision. */
export function fixedText(value: number, precision: number): string {
  const { negative, mantissa, exponent } = binaryParts(value);
  const digits = scaled(mantissa, exponent, precision)
    .toString()
    .padStart(precision + 1, "0");
  const whole = digits.slice(0, digits.length - precision);
  return `${negative ? "-" : ""}${whole}${precision > 0 ? `.${digits.slice(digits.length - precision)}` : ""}`;
}

/** Like Go's `%e` with a precision, or with the fewest digits that identify the double if it is negative. */
export function exponentText(value: number, precision: number): string {
  const decimal = precision < 0 ? shortest(value) : rounded(value, precision + 1);
  return sign(value) + writeExponent(decimal, precision < 0 ? decimal.digits.length - 1 : precision);
}

/** Like Go's `%g` with a precision, or with the fewest digits that identify the double if it is negative. */
export function generalText(value: number, precision: number): string {
  const significant = precision === 0 ? 1 : precision;
  const decimal = precision < 0 ? shortest(value) : trimZeros(rounded(value, significant));
  const count = decimal.digits.length;
  let threshold = significant;
  if (threshold > count && count >= decimal.point) threshold = count;
  if (precision < 0) threshold = 6;
  return sign(value) + decimalText(decimal, threshold);
}

/** The digits as Go's `%g` writes them: with an exponent where that is below -4, or at or above the threshold. */
export function decimalText(decimal: Digits, threshold: number = 6): string {
  const exponent = decimal.point - 1;
  return exponent < -4 || exponent >= threshold ? writeExponent(decimal, decimal.digits.length - 1) : writeFixed(decimal);
}

/** Like Go's `%x`: hexadecimal with a binary exponent; all digits that are not zero if the precision is negative. */
export function hexadecimalText(value: number, precision: number): string {
  const parts = binaryParts(value);
  if (parts.mantissa === 0n) return `${sign(value)}0x0${precision > 0 ? `.${"0".repeat(precision)}` : ""}p+00`;
  const missing = 53 - parts.mantissa.toString(2).length;
  let mantissa = parts.mantissa << BigInt(missing);
  let exponent = parts.exponent - missing + 52;
  let digits = 13;
  if (precision >= 0 && precision < 13) {
    mantissa = shiftHalfEven(mantissa, 52 - 4 * precision);
    digits = precision;
    if (mantissa >> BigInt(4 * precision) === 2n) {
      mantissa >>= 1n;
      exponent++;
    }
  }
  const all = mantissa.toString(16).padStart(digits + 1, "0");
  const fraction = precision < 0 ? all.slice(1).replace(/0+$/, "") : all.slice(1).padEnd(precision, "0");
  return `${sign(value)}0x${all[0]}${fraction === "" ? "" : `.${fraction}`}p${exponentDigits(exponent)}`;
}

function sign(value: number): string {
  return value < 0 || Object.is(value, -0) ? "-" : "";
}

/** mantissa × 2^exponent × 10^scale, rounded to an integer. */
function scaled(mantissa: bigint, exponent: number, scale: number): bigint {
  if (scale < 0) {
    const divisor = 10n ** BigInt(-scale);
    return exponent >= 0 ? divideHalfEven(mantissa << BigInt(exponent), divisor) : divideHalfEven(mantissa, divisor << BigInt(-exponent));
  }
  const multiplied = mantissa * 10n ** BigInt(scale);
  return exponent >= 0 ? multiplied << BigInt(exponent) : shiftHalfEven(multiplied, -exponent);
}

function shiftHalfEven(value: bigint, bits: number): bigint {
  return bits <= 0 ? value << BigInt(-bits) : divideHalfEven(value, 1n << BigInt(bits));
}

function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const twice = (dividend % divisor) * 2n;
  const up = twice > divisor || (twice === divisor && (quotient & 1n) === 1n);
  return up ? quotient + 1n : quotient;
}

/** The fewest digits that identify the double; JavaScript and Go agree on them. */
function shortest(value: number): Digits {
  const [mantissa, exponent] = Math.abs(value).toExponential().split("e") as [string, string];
  return { digits: mantissa.replace(".", ""), point: Number(exponent) + 1 };
}

function rounded(value: number, count: number): Digits {
  const { mantissa, exponent } = binaryParts(value);
  if (mantissa === 0n) return { digits: "0".repeat(count), point: 1 };
  const { point } = shortest(value);
  const digits = scaled(mantissa, exponent, count - point).toString();
  // Rounding up can give one digit more (9.99 to 10.0), and the shortest digits can be the rounded-up ones already (9.999… as 10).
  if (digits.length > count) return { digits: digits.slice(0, count), point: point + 1 };
  if (digits.length < count) return { digits: scaled(mantissa, exponent, count - point + 1).toString(), point: point - 1 };
  return { digits, point };
}

function trimZeros(decimal: Digits): Digits {
  const digits = decimal.digits.replace(/0+$/, "");
  return { digits: digits === "" ? "0" : digits, point: decimal.point };
}

function writeExponent(decimal: Digits, precision: number): string {
  const fraction = decimal.digits.slice(1).padEnd(precision, "0");
  const exponent = /^0*$/.test(decimal.digits) ? 0 : decimal.point - 1;
  return `${decimal.digits[0]}${fraction === "" ? "" : `.${fraction}`}e${exponentDigits(exponent)}`;
}

function writeFixed({ digits, point }: Digits): string {
  if (point <= 0) return `0.${"0".repeat(-point)}${digits}`;
  if (point >= digits.length) return digits.padEnd(point, "0");
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}

function exponentDigits(exponent: number): string {
  return `${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}
