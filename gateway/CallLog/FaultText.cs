using System.Text;
using System.Text.RegularExpressions;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Gateway.CallLog;

/// <summary>Makes texts for people of what is kept of a failed attempt: redacted first, then cut.</summary>
internal static class FaultText
{
    private const string Redacted = "[redacted]";

    public static LoggedError Of(in LoggedAttempt attempt, AttemptFault fault, GatewaySettings settings) => new(
        attempt,
        fault.Detail,
        fault.Answer.IsEmpty ? null : Message(fault.Answer.Span),
        fault.Request.IsEmpty ? null : Request(fault, settings));

    private static string? Message(ReadOnlySpan<byte> answer) =>
        GeminiAnswerReader.ReadError(answer)?.Message is { Length: > 0 } message && Redact(message) is { } text ? Cut(text, Limits.LoggedMessageCharsMax) : null;

    private static string? Request(AttemptFault fault, GatewaySettings settings)
    {
        if (Redact(Encoding.UTF8.GetString(fault.Request.Span)) is not { } text)
        {
            return null;
        }

        // Clients put their tokens into places that nobody expects; theirs have no shape to be known by.
        foreach (var token in settings.AuthToken is { } admin ? settings.AllowedTokens.Append(admin) : settings.AllowedTokens)
        {
            text = text.Replace(token.Reveal(), Redacted, StringComparison.Ordinal);
        }

        // What begins before the cut and ends behind it is known by nothing: the end goes.
        return Cut(fault.IsRequestCut ? text[..Math.Max(0, text.Length - Limits.SecretBytesMax)] : text, Limits.LoggedRequestBytesMax);
    }

    private static string? Redact(string text)
    {
        try
        {
            return SecretRedactor.Redact(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static string Cut(string text, int charsMax) => text.Length <= charsMax ? text : text[..charsMax];
}
