using System.Diagnostics;

namespace GeminiBalance.Load.Processes;

/// <summary>Where the built programs lie: beside this one, in the same configuration.</summary>
internal static class Projects
{
    private const string Marker = "GeminiBalance.Cluster.sln";

    private static readonly string Root = FindRoot();

    /// <summary><c>Release</c> or <c>Debug</c>.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    public static string Gateway => Dll("gateway", "GeminiBalance.Gateway");

    public static string ClusterGateway => Dll("gateway.cluster", "GeminiBalance.Gateway.Cluster");

    public static string Silo => Dll("silo", "GeminiBalance.Silo");

    public static string FakeGemini => Dll("tests/FakeGemini", "GeminiBalance.FakeGemini");

    /// <summary>The bare forwarder, built on first use; null when its package cannot be had here.</summary>
    public static async Task<string?> BuildBareForwarderAsync(CancellationToken cancellationToken)
    {
        using var build = Process.Start(new ProcessStartInfo("dotnet", ["build", "-c", Configuration, "-v", "quiet", "-nologo", Path.Combine(Root, "tests/BareForwarder")]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var output = await build.StandardOutput.ReadToEndAsync(cancellationToken);
        await build.WaitForExitAsync(cancellationToken);
        if (build.ExitCode == 0)
        {
            return Dll("tests/BareForwarder", "GeminiBalance.BareForwarder");
        }

        await Console.Error.WriteLineAsync($"The bare forwarder could not be built, so it is left out:\n{output}");
        return null;
    }

    private static string Dll(string folder, string name) => Path.Combine(Root, folder, "bin", Configuration, "net10.0", $"{name}.dll");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Marker)))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No {Marker} above {AppContext.BaseDirectory}: run this from a checkout.");
    }
}
