using System.Text.Json;

namespace GeminiBalance.Load.Processes;

/// <summary>The processes of one run and their temporary folder; all end with it.</summary>
internal sealed class Servers : IAsyncDisposable
{
    public const string ClientToken = "sk-load-client";
    public const string AdminToken = "sk-load-admin-0123456789";

    private readonly List<ChildProcess> _running = [];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("geminibalance-load-");

    /// <summary>The fake upstream.</summary>
    public Task<ChildProcess> StartUpstreamAsync(params string[] arguments) =>
        StartAsync(ChildProcess.StartAsync("upstream", Projects.FakeGemini, ["--port", "0", .. arguments], _folder.FullName, new Dictionary<string, string>()));

    public async Task<ChildProcess?> StartBareForwarderAsync(ChildProcess upstream, CancellationToken cancellationToken)
    {
        var dll = await Projects.BuildBareForwarderAsync(cancellationToken);
        return dll is null ? null : await StartAsync(ChildProcess.StartAsync("forwarder", dll, ["--upstream", upstream.Address.ToString()], _folder.FullName, new Dictionary<string, string>()));
    }

    /// <summary>The gateway, stand-alone. A second start of the same run finds the first one's data.</summary>
    /// <param name="upstream">Where it sends calls.</param>
    /// <param name="settings">On top of addresses, tokens and the data folder.</param>
    /// <param name="port">0 lets the kernel choose.</param>
    public Task<ChildProcess> StartGatewayAsync(ChildProcess upstream, IReadOnlyDictionary<string, string> settings, int port = 0) =>
        StartAsync(ChildProcess.StartAsync("gateway", Projects.Gateway, [], _folder.FullName, new Dictionary<string, string>(settings)
        {
            ["BASE_URL"] = new Uri(upstream.Address, "v1beta").ToString(),
            ["DATA_DIR"] = _folder.FullName,
            ["AUTH_TOKEN"] = AdminToken,
            ["ALLOWED_TOKENS"] = JsonSerializer.Serialize(new[] { ClientToken }),
        }, port));

    public async ValueTask DisposeAsync()
    {
        foreach (var child in _running)
        {
            await child.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private async Task<ChildProcess> StartAsync(Task<ChildProcess> starting)
    {
        var child = await starting;
        _running.Add(child);
        return child;
    }
}
