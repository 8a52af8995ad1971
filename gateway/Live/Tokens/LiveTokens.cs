using System.Security.Cryptography;
using GeminiBalance.Gateway.Resources;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Live;

/// <summary>Tokens of the Live API, for all gateways that share the ledger of resources.</summary>
internal sealed class LiveTokens(ResourceLedger ledger, TimeProvider time)
{
    public const string Collection = "auth_tokens";
    private const string Prefix = Collection + "/";

    // Whose sessions they are, the token says.
    private static readonly ResourceAccess ByTicket = new("", SeesAll: true);

    /// <summary>Writes a token of the upstream's down, encrypted.</summary>
    /// <returns>The token that the client gets in its place.</returns>
    public async ValueTask<string> KeepAsync(LiveToken token, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        var ticket = ResourceTicket.Create();
        await ledger.SaveAsync(
            [
                new OwnedResource
                {
                    Name = ticket.NameIn(Collection), Collection = Collection, KeyId = token.KeyId, ClientId = token.ClientId,
                    CreatedAt = time.GetUtcNow(), ExpiresAt = expiresAt, Json = ticket.Seal($"{token.Upstream.Reveal()}\n{token.Model}"),
                },
            ],
            cancellationToken);
        return Prefix + ticket.Text;
    }

    /// <returns>Null for everything but a token that was given here and has not expired.</returns>
    public async ValueTask<LiveToken?> FindAsync(string? text, CancellationToken cancellationToken)
    {
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal) || !ResourceTicket.TryParse(text[Prefix.Length..], out var ticket)
            || (await ledger.FindAsync(ticket.NameIn(Collection), ByTicket, cancellationToken)).Resource is not { Json: { } box } row)
        {
            return null;
        }

        try
        {
            var parts = ticket.OpenText(box).Split('\n');
            return new LiveToken(new Secret(parts[0]), row.KeyId, row.ClientId, parts[1].Length > 0 ? parts[1] : null);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
