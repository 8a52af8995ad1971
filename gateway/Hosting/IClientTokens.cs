namespace GeminiBalance.Gateway.Hosting;

/// <summary>The access tokens in force. Compared in constant time, on hashes; a token is never kept or logged in clear.</summary>
public interface IClientTokens
{
    /// <summary>Whether calls may be made with this token. The admin token is accepted here too.</summary>
    bool IsClient(ReadOnlySpan<char> token);

    /// <summary>Whether this is the admin token.</summary>
    bool IsAdmin(ReadOnlySpan<char> token);

    /// <summary>A stable public name of the token's owner, such as <c>client-5f0c21a89b3de417</c>, for fairness, logs and statistics.</summary>
    /// <returns>Null when the token is not accepted.</returns>
    string? FindClientId(ReadOnlySpan<char> token);
}
