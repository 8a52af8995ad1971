using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Hosting;

/// <summary>The admin token, as far as the process knows it.</summary>
internal interface IAdminToken
{
    /// <summary>The SHA-256 hash of the token in force.</summary>
    /// <param name="configured"><c>AUTH_TOKEN</c> as it is now.</param>
    /// <returns>Null when there is no such token: then nobody is let in as administrator.</returns>
    byte[]? HashFor(Secret? configured);
}
