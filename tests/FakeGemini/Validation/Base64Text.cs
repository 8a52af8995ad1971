namespace GeminiBalance.FakeGemini;

/// <summary>Base64 as protobuf JSON reads it: standard or URL-safe, padded or not.</summary>
internal static class Base64Text
{
    public static byte[]? TryDecode(string text)
    {
        var standard = text.TrimEnd('=').Replace('-', '+').Replace('_', '/');
        standard = standard.PadRight((standard.Length + 3) / 4 * 4, '=');
        var bytes = new byte[standard.Length / 4 * 3];
        return Convert.TryFromBase64String(standard, bytes, out var written) ? bytes[..written] : null;
    }
}
