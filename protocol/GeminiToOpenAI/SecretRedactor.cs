using System.Text.RegularExpressions;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>Takes secrets and the operator's affairs out of upstream messages: keys, tokens, project numbers, upstream addresses.</summary>
public static partial class SecretRedactor
{
    private const string Redacted = "[redacted]";

    /// <returns>The text with every finding replaced by <c>[redacted]</c>.</returns>
    public static string Redact(string text)
    {
        text = UpstreamUrl().Replace(text, Redacted);
        text = NamedSecret().Replace(text, match => match.Groups["name"].Value + Redacted);
        text = BareKey().Replace(text, Redacted);
        return Project().Replace(text, match => match.Groups["name"].Value + Redacted);
    }

    // Links to Google's public documentation (ai.google.dev) help the reader and stay; consoles and API hosts name projects.
    [GeneratedRegex(
        """(https?:)?//[a-z0-9.-]*(googleapis\.com|console\.cloud\.google\.com|console\.developers\.google\.com|aistudio\.google\.com)[^\s"'<>]*""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UpstreamUrl();

    // Standard keys, authorization keys, OAuth tokens, and what looks like them when cut.
    [GeneratedRegex(
        """AIza[0-9A-Za-z_-]{4,}|\bAQ\.[0-9A-Za-z_.-]{4,}|\bya29\.[0-9A-Za-z_.-]{4,}|\bsk-[0-9A-Za-z_-]{8,}""",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BareKey();

    [GeneratedRegex(
        """(?<name>\b(api[_-]?key|x-goog-api-key|access[_-]?token|key|token|bearer)(\s*[=:]\s*|\s+(?=[0-9A-Za-z_.~+/-]{20})))[^\s"'&,;)\]]+""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamedSecret();

    [GeneratedRegex(
        """(?<name>\b(projects?|project_number|consumer)([\s/:="']|%2F)+(projects/)?)[0-9]{5,}""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Project();
}
