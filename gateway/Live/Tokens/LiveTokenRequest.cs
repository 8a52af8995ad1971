using System.Globalization;
using GeminiBalance.Gateway.Endpoints;

namespace GeminiBalance.Gateway.Live;

/// <summary>What a request for a token says that the gateway must know. Pure.</summary>
/// <param name="Model">The model that sessions are bound to, as quotas know it; null when none is.</param>
/// <param name="ExpiresAt">When sessions end; null when the upstream decides.</param>
internal readonly record struct LiveTokenRequest(string? Model, DateTimeOffset? ExpiresAt)
{
    /// <returns>Nothing known for what is no JSON: the upstream refuses it.</returns>
    public static LiveTokenRequest Read(ReadOnlyMemory<byte> body) => LenientJson.Read(body, static root => new LiveTokenRequest(
        ModelOf(LenientJson.Text(LenientJson.Member(LenientJson.Member(root, "bidiGenerateContentSetup"), "model"))),
        TimeOf(LenientJson.Text(LenientJson.Member(root, "expireTime")))));

    private static string? ModelOf(string? name) =>
        name is not null && GeminiPath.TryParse(name.Contains('/', StringComparison.Ordinal) ? name : $"models/{name}", out var path) && path.Method is null
            ? path.QuotaModel
            : null;

    private static DateTimeOffset? TimeOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
}
