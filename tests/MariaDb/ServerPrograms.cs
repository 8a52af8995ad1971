using System.Diagnostics;

namespace GeminiBalance.MariaDb;

/// <summary>The server's programs as they are installed here.</summary>
/// <param name="Server"><c>mariadbd</c> or <c>mysqld</c>.</param>
/// <param name="Installer">MariaDB's program that makes a data folder; null for MySQL, whose server does it.</param>
internal sealed record ServerPrograms(string Server, string? Installer)
{
    private static readonly TimeSpan InstallMax = TimeSpan.FromMinutes(2);

    /// <summary>Where the packages of some systems put servers, out of a user's PATH.</summary>
    private static readonly string[] SystemFolders = ["/usr/sbin", "/usr/local/sbin", "/usr/libexec"];

    public static ServerPrograms? Find() => Locate("mariadbd") is { } mariadb && LocateInstaller() is { } installer
        ? new ServerPrograms(mariadb, installer)
        : Locate("mysqld") is { } mysql ? new ServerPrograms(mysql, LocateInstaller()) : null;

    /// <summary>Lets the server run as the user who runs the tests, also when that is root, which it refuses otherwise.</summary>
    public static string UserOption => $"--user={Environment.UserName}";

    public static string DataFolder(DirectoryInfo folder) => Path.Combine(folder.FullName, "data");

    public async Task CreateDataAsync(DirectoryInfo folder)
    {
        var data = DataFolder(folder);
        Directory.CreateDirectory(data);
        string[] arguments = Installer is null
            ? ["--no-defaults", "--initialize-insecure", $"--datadir={data}", UserOption]
            : ["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db", $"--datadir={data}", UserOption];
        var start = new ProcessStartInfo(Installer ?? Server, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["TMPDIR"] = folder.FullName; // A server that starts removes whatever looks like a temporary table, also another's.
        using var install = Process.Start(start)!;
        var output = install.StandardOutput.ReadToEndAsync();
        var errors = install.StandardError.ReadToEndAsync();
        await install.WaitForExitAsync().WaitAsync(InstallMax);
        if (install.ExitCode != 0)
        {
            throw new InvalidOperationException($"{start.FileName} ended with {install.ExitCode}: {await output}{await errors}");
        }
    }

    private static string? LocateInstaller() => Locate("mariadb-install-db") ?? Locate("mysql_install_db");

    private static string? Locate(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Concat(SystemFolders)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);
}
