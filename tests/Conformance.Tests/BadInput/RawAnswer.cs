using System.Globalization;
using System.Text;

namespace GeminiBalance.Conformance.Tests.BadInput;

/// <summary>An answer taken apart.</summary>
internal sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>Whether the body is the upstream's or comes after a call to it.</summary>
    public bool IsOfCall => Headers.ContainsKey("x-gateway-attempts");

    public string Text => Encoding.UTF8.GetString(Body);

    /// <returns>Null when there is no answer.</returns>
    public static RawAnswer? Parse(byte[] bytes)
    {
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return null;
        }

        var lines = Encoding.UTF8.GetString(bytes, 0, end).Split("\r\n");
        if (lines[0] == "HTTP/1.1 100 Continue")
        {
            return Parse(bytes[(end + 4)..]);
        }

        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair.Length > 1 ? pair[1] : "", StringComparer.OrdinalIgnoreCase);
        var body = bytes[(end + 4)..];
        return new RawAnswer(
            int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, headers.ContainsKey("Transfer-Encoding") ? Join(body) : body);
    }

    private static byte[] Join(byte[] chunked)
    {
        var whole = new MemoryStream();
        var at = 0;
        while (chunked.AsSpan(at).IndexOf("\r\n"u8) is var line and >= 0)
        {
            var size = int.Parse(Encoding.ASCII.GetString(chunked, at, line), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            at += line + 2;
            if (size == 0)
            {
                break;
            }

            whole.Write(chunked, at, size);
            at += size + 2;
        }

        return whole.ToArray();
    }
}
