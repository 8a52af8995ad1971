using System.Globalization;

namespace GeminiBalance.MariaDb;

/// <summary>
/// A private MariaDB (or MySQL) server on a loopback port with a data folder of its own. Gone with <see cref="DisposeAsync"/>, and also when
/// this process dies. One thread at a time.
/// </summary>
public sealed class MariaDbServer : IAsyncDisposable
{
    public const string User = "gemini_balance";
    public const string Password = "only-for-tests";

    /// <summary>The database that is there from the start, empty.</summary>
    public const string Database = "gemini_balance";

    /// <summary>Another process may take the free port before the server does.</summary>
    private const int PortsTriedMax = 5;

    private readonly DirectoryInfo folder;
    private readonly string[] options;
    private ServerProcess process;

    private MariaDbServer(DirectoryInfo folder, string[] options, ServerProcess process)
    {
        this.folder = folder;
        this.options = options;
        this.process = process;
    }

    /// <summary>Why tests that need a server are skipped here; null where one can be started.</summary>
    public static string? MissingReason => ServerPrograms.Find() is null ? "Needs mariadbd or mysqld on the PATH (Debian: apt-get install mariadb-server)" : null;

    /// <summary>Where its data lie.</summary>
    public string Folder => folder.FullName;

    public int Port => process.Port;

    public int ProcessId => process.Id;

    /// <summary>For <see cref="User"/>, who may do everything, and <see cref="Database"/>.</summary>
    public string ConnectionString => ConnectionStringFor(Database);

    /// <summary>The last lines the server wrote.</summary>
    public string RecentOutput => process.RecentOutput;

    /// <summary>Makes a data folder, starts the server and waits until it takes connections.</summary>
    /// <param name="options">Further options of the server, as on its command line: <c>--innodb-buffer-pool-size=1G</c>.</param>
    /// <exception cref="InvalidOperationException">There is no server program, or it did not start; the message holds its last words.</exception>
    public static async Task<MariaDbServer> StartAsync(params string[] options)
    {
        var programs = ServerPrograms.Find() ?? throw new InvalidOperationException(MissingReason);
        var home = Directory.CreateTempSubdirectory("gemini-balance-mariadb-");
        try
        {
            await programs.CreateDataAsync(home);
            await File.WriteAllTextAsync(Path.Combine(home.FullName, ServerProcess.FirstStatements), Grants);
            return new MariaDbServer(home, options, await StartOnFreePortAsync(programs, home, options));
        }
        catch
        {
            home.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>For <see cref="User"/> and another database, which may not exist yet.</summary>
    public string ConnectionStringFor(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Server=127.0.0.1;Port={Port};User ID={User};Password={Password};Database={database}");

    /// <summary>Stops the server in mid-work (SIGSTOP): connections stay open and no answer comes. On Linux.</summary>
    public void Freeze() => process.Freeze();

    /// <summary>Lets a frozen server go on.</summary>
    public void Thaw() => process.Thaw();

    /// <summary>Ends the server at once, as <c>kill -9</c> does. The data stay.</summary>
    public Task KillAsync() => process.KillAsync();

    /// <summary>Ends the server cleanly. The data stay.</summary>
    public Task StopAsync() => process.StopAsync();

    /// <summary>Starts an ended server again, with the same data on the same port.</summary>
    public async Task RestartAsync()
    {
        if (!process.HasExited)
        {
            throw new InvalidOperationException("The server still runs: kill or stop it first.");
        }

        var port = Port;
        await process.DisposeAsync();
        process = await ServerProcess.StartAsync(ServerPrograms.Find()!, folder, port, options);
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static string Grants => $"""
        CREATE DATABASE IF NOT EXISTS {Database};
        CREATE USER IF NOT EXISTS '{User}'@'%' IDENTIFIED BY '{Password}';
        GRANT ALL ON *.* TO '{User}'@'%' WITH GRANT OPTION;

        """;

    private static async Task<ServerProcess> StartOnFreePortAsync(ServerPrograms programs, DirectoryInfo home, string[] options)
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                return await ServerProcess.StartAsync(programs, home, FreePort.Find(), options);
            }
            catch (PortTakenException) when (tried < PortsTriedMax)
            {
            }
        }
    }
}
