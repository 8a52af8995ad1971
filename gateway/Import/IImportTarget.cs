namespace GeminiBalance.Gateway.Import;

/// <summary>Where an import goes: what a gateway keeps.</summary>
internal interface IImportTarget : IAsyncDisposable
{
    /// <summary>For people: <c>the data folder /srv/data</c>.</summary>
    string Description { get; }

    Task<ImportState> ReadAsync(CancellationToken cancellationToken);

    Task WriteAsync(ImportPlan plan, CancellationToken cancellationToken);
}
