using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Storage;

/// <summary>The folder of everything this process keeps. Held by one process at a time; its files are for their owner only.</summary>
internal sealed class DataFolder : IDisposable
{
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    public const string LockFile = "gateway.lock";
    private readonly FileStream heldLock;

    /// <summary>Creates the folder when it is not there, and takes its lock.</summary>
    /// <exception cref="StartException">It cannot be written, or another process holds it.</exception>
    public DataFolder(string folder)
    {
        Path = System.IO.Path.GetFullPath(folder);
        try
        {
            CreateFolder();
            heldLock = Open(LockFile, FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException) when (File.Exists(In(LockFile)))
        {
            throw InUse(Path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The data folder {Path} cannot be created or written: {failure.Message} Choose another folder with DATA_DIR.");
        }
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    public static StartException InUse(string folder) => new($"The data folder {folder} is in use by another gateway. Stop it first, or choose another folder with DATA_DIR.");

    /// <summary>The full path of a file in the folder.</summary>
    public string In(string file) => System.IO.Path.Combine(Path, file);

    /// <summary>Opens a file that only its owner may read and write, whatever rights it had before.</summary>
    public FileStream Open(string file, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        var stream = new FileStream(In(file), options);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(stream.SafeFileHandle, OwnerFile);
        }

        return stream;
    }

    public void Dispose() => heldLock.Dispose();

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path);
        }
        else if (!Directory.Exists(Path))
        {
            // An existing folder keeps its rights: it may be a volume that others mount too.
            Directory.CreateDirectory(Path, OwnerFolder);
        }
    }
}
