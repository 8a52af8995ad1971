using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Import;

/// <summary>Imports into the data folder of a stand-alone gateway that does not run.</summary>
internal sealed class StandaloneImport : IImportShape
{
    public Task<IImportTarget> OpenAsync(string[] settings, bool isDryRun, CancellationToken cancellationToken) =>
        Task.FromResult<IImportTarget>(isDryRun ? DataFolderTarget.OpenCopy(settings) : DataFolderTarget.Open(settings));

    public Task<ImportSource> ReadMySqlAsync(Func<string, string?> read, CancellationToken cancellationToken) => throw new StartException(
        "The stand-alone gateway does not read MySQL. Save what gemini-balance itself answers, and import that file:\n"
        + "  curl -H \"Cookie: auth_token=$AUTH_TOKEN\" http://localhost:8000/api/config > config.json\n"
        + "  gateway import config.json\n"
        + "or import into a cluster with gateway.cluster, which reads MySQL. Nothing was changed.");
}
