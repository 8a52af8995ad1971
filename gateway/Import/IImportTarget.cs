namespace GeminiBalance.Gateway.Import;

/// <summary>Where an import goes: what a gateway keeps.</summary>
internal interface IImportTarget : IAsyncDisposable
{
    /// <summary>For people: <c>the data folder /srv/data</c>.</summary>
    string Description { get; }

    /// <param name="files">Names of files that may be there.</param>
    /// <param name="cancellationToken">Ends the wait for the storage.</param>
    Task<ImportState> ReadAsync(IReadOnlyCollection<string> files, CancellationToken cancellationToken);

    Task WriteAsync(ImportPlan plan, CancellationToken cancellationToken);
}
