using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Import;

/// <summary>What differs between importing into the stand-alone gateway and into a cluster.</summary>
internal interface IImportShape
{
    /// <summary>Opens what the gateway keeps.</summary>
    /// <param name="settings">Settings of the command line, such as <c>--DATA_DIR=…</c>.</param>
    /// <param name="isDryRun">Whether nothing may change there.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StartException">It cannot be used.</exception>
    Task<IImportTarget> OpenAsync(string[] settings, bool isDryRun, CancellationToken cancellationToken);

    /// <summary>Reads gemini-balance's database in MySQL.</summary>
    /// <param name="read">Gives <c>MYSQL_CONNECTION</c>, <c>MYSQL_HOST</c> and their like.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StartException">It cannot be read, or not by this program.</exception>
    Task<ImportSource> ReadMySqlAsync(Func<string, string?> read, CancellationToken cancellationToken);
}
