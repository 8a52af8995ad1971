using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Storage;

namespace GeminiBalance.Gateway.Import;

/// <summary>A copy of the files of a data folder that no gateway uses, readable by its owner only. Deleted when disposed.</summary>
internal sealed class DataFolderCopy : IDisposable
{
    private DataFolderCopy(string path) => Path = path;

    public string Path { get; }

    /// <param name="folder">Where the files are; it need not be there.</param>
    /// <exception cref="StartException">They cannot be read, or a gateway uses them.</exception>
    public static DataFolderCopy Make(string folder)
    {
        var copy = new DataFolderCopy(Directory.CreateTempSubdirectory("gateway-import-").FullName);
        try
        {
            copy.Fill(folder);
            return copy;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            copy.Dispose();
            throw new StartException($"The data folder {folder} cannot be copied for a dry run: {failure.Message}");
        }
        catch (StartException)
        {
            copy.Dispose();
            throw;
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private void Fill(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        using var held = Lock(folder);
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => System.IO.Path.GetFileName(file) != DataFolder.LockFile))
        {
            File.Copy(file, System.IO.Path.Combine(Path, System.IO.Path.GetFileName(file)));
        }
    }

    /// <summary>No gateway starts meanwhile.</summary>
    private static FileStream? Lock(string folder)
    {
        var path = System.IO.Path.Combine(folder, DataFolder.LockFile);
        try
        {
            return File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None) : null;
        }
        catch (IOException)
        {
            throw DataFolder.InUse(folder);
        }
    }
}
