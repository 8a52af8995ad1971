using System.Security.Cryptography;
using System.Text;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Hosting;

/// <summary>The access tokens of the settings in force, as hashes. Every comparison looks at all of them, so that time tells nothing.</summary>
internal sealed class AccessTokens : IClientTokens
{
    private const string AdminId = Authentication.ClientIdentity.AdminId;
    private const int TokenCharsMax = 512;
    private readonly IAdminToken adminToken;
    private readonly ClientIds ids;
    private volatile Entry[] entries;

    /// <param name="settings">Followed when they change.</param>
    /// <param name="adminToken">Knows the admin token.</param>
    /// <param name="ids">Names clients.</param>
    public AccessTokens(ISettingsSource settings, IAdminToken adminToken, ClientIds ids)
    {
        this.adminToken = adminToken;
        this.ids = ids;
        entries = Read(settings.Current);
        settings.Changed += changed => entries = Read(changed);
    }

    public bool IsClient(ReadOnlySpan<char> token) => Find(token) is not null;

    public bool IsAdmin(ReadOnlySpan<char> token) => Find(token) is { ClientId: AdminId };

    public string? FindClientId(ReadOnlySpan<char> token) => Find(token)?.ClientId;

    private Entry? Find(ReadOnlySpan<char> token)
    {
        if (token.IsEmpty || token.Length > TokenCharsMax)
        {
            return null;
        }

        Span<byte> text = stackalloc byte[Encoding.UTF8.GetMaxByteCount(TokenCharsMax)];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..Encoding.UTF8.GetBytes(token, text)], hash);
        Entry? found = null;
        foreach (var entry in entries)
        {
            // The first wins: a token that is both is the admin's.
            var isEqual = CryptographicOperations.FixedTimeEquals(hash, entry.Hash);
            found = isEqual ? found ?? entry : found;
        }

        return found;
    }

    private Entry[] Read(GatewaySettings settings)
    {
        var admin = adminToken.HashFor(settings.AuthToken) is { } hash ? [new Entry(hash, AdminId)] : Array.Empty<Entry>();
        return [.. admin, .. settings.AllowedTokens.Select(ToEntry)];
    }

    private Entry ToEntry(Secret token) => new(SHA256.HashData(Encoding.UTF8.GetBytes(token.Reveal())), ids.Of(token.Reveal()));

    private sealed record Entry(byte[] Hash, string ClientId);
}
