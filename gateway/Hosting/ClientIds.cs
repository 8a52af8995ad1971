using System.Security.Cryptography;
using System.Text;

namespace GeminiBalance.Gateway.Hosting;

/// <summary>Public names of the owners of access tokens.</summary>
/// <param name="key">Makes them, so that an id in a log cannot be tried out against guessed tokens.</param>
internal sealed class ClientIds(byte[] key)
{
    private const int IdBytes = 8;

    /// <summary>The id of a client token's owner, whether or not the token is in force.</summary>
    public string Of(string token) => $"client-{Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(token)).AsSpan(0, IdBytes))}";
}
